import type { TelemetryOptions } from '@app/telemetry';
import type { Config } from './config.js';
import type { Log } from './log.js';

/** What the settings ask this process to tell about itself. */
export function telemetryOf(config: Config, log: Log): TelemetryOptions {
  const { METRICS, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = config;
  const metrics = METRICS !== 'off';
  if (endpoint === '') return { metrics };
  const onTrouble = (error: Error | undefined): void =>
    error
      ? log.warn({ err: error }, 'The collector does not take traces')
      : log.info('The collector takes traces again');
  return { metrics, traces: { endpoint, serviceName, ratio: config.OTEL_TRACES_SAMPLER_ARG, onTrouble } };
}
