import { benchAppend } from './append-port.js';
import { write } from './append-write.js';

const benches: Readonly<Record<string, () => Promise<boolean>>> = { append };

/** `bench <name>…`, all of them without a name. Exits non-zero when a target is missed. */
export async function run(names: readonly string[]): Promise<number> {
  const wanted = names.length > 0 ? names : Object.keys(benches);
  const unknown = wanted.find((name) => !(name in benches));
  if (unknown !== undefined) {
    console.error(`bench: "${unknown}" is not one of ${Object.keys(benches).join(', ')}`);
    return 2;
  }
  let reached = true;
  for (const name of wanted) reached = (await benches[name]!()) && reached;
  return reached ? 0 : 1;
}

async function append(): Promise<boolean> {
  const report = await benchAppend({ write });
  for (const { name, rate } of report.standings) console.log(`${name.padEnd(8)} ${Math.round(rate)} events/s`);
  const port = against('the bare port / each append alone', report.portToSingle, 6);
  const batch = against('the bare port / 64 inserts a transaction', report.portToBatch, 0.7);
  const { toSingle, toBatch } = report.others.write!;
  const written = against('write() / each append alone', toSingle, 4);
  return against('write() / 64 inserts a transaction', toBatch, 0.5) && written && batch && port;
}

function against(what: string, ratio: number, target: number): boolean {
  console.log(`${what}: ${ratio.toFixed(2)} (at least ${target})`);
  return ratio >= target;
}
