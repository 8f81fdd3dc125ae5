import { join } from 'node:path';
import { build, install, root } from './ready.mjs';

install();
build();
await import(join(root, 'dist/apps/tools/apps/tools/src/main.js'));
