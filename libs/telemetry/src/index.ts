export type { Watched, WatchedWork } from './gauges.js';
export type { MetricsPage } from './metrics.js';
export { observedCqrs } from './observed-commands.js';
export { Telemetry, type TelemetryOptions } from './telemetry.js';
export { Witness } from './witness.js';
export { type Audience, audienceFrom, isLocal } from './audience.js';
export { listen, type Listener, type Page, type Visitor } from './listener.js';
