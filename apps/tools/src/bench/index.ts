import { benchAppend } from './append-port.js';
import { write, writeText } from './append-write.js';
import { benchCommand } from './command.js';
import { benchEngines, type Pace } from './engines.js';

const benches: Readonly<Record<string, (say: Say) => Promise<Measured>>> = { append, command, engines };

type Say = (line: string) => void;
/** What was found, and whether it is what was asked for. */
interface Measured {
  readonly report: object;
  readonly reached: boolean;
}

/** `bench [--json] <name>…`, all of them without a name. Exits non-zero when a target is missed. */
export async function run(words: readonly string[]): Promise<number> {
  const names = words.filter((word) => word !== '--json');
  const json = names.length < words.length;
  const wanted = names.length > 0 ? names : Object.keys(benches);
  const unknown = wanted.find((name) => !(name in benches));
  if (unknown !== undefined) {
    console.error(`bench: "${unknown}" is not one of ${Object.keys(benches).join(', ')}`);
    return 2;
  }
  const found: Record<string, Measured> = {};
  for (const name of wanted) found[name] = await benches[name]!(json ? () => undefined : console.log);
  if (json) console.log(JSON.stringify(found, null, 2));
  return Object.values(found).every(({ reached }) => reached) ? 0 : 1;
}

async function append(say: Say): Promise<Measured> {
  const report = await benchAppend({ write, 'write text': writeText });
  const { portToSingle, portToBatch, others } = report;
  const { toSingle, toBatch } = others['write']!;
  for (const { name, rate } of report.standings) say(`${name.padEnd(10)} ${Math.round(rate)} events/s`);
  const text = others['write text']!;
  say(`write() with a text to encrypt, for information: ${text.toSingle.toFixed(2)} and ${text.toBatch.toFixed(2)}`);
  const kept = [
    against(say, 'the bare port / each append alone', portToSingle, 6),
    against(say, 'the bare port / 64 inserts a transaction', portToBatch, 0.7),
    against(say, 'write() / each append alone', toSingle, 4),
    against(say, 'write() / 64 inserts a transaction', toBatch, 0.5),
  ];
  return { report, reached: !kept.includes(false) };
}

async function command(say: Say): Promise<Measured> {
  const report = await benchCommand();
  const { rates, toConstants, toNothing, syncMs, answers } = report;
  say(`giveConsent ${Math.round(rates.command)}/s (${answers} answers, each found in the log)`);
  say(
    `the same from constants ${Math.round(rates.constants)}/s, a mutation that does nothing ${Math.round(rates.nothing)}/s`,
  );
  say(`a synced write takes ${syncMs.toFixed(2)} ms on this disk`);
  say(`giveConsent / a mutation that does nothing: ${toNothing.toFixed(2)}`);
  return { report, reached: against(say, 'giveConsent / the same from constants', toConstants, 0.4) };
}

/** Against the stand-in, or the server at EVENTSTORE_TEST_URL. */
async function engines(say: Say): Promise<Measured> {
  const url = process.env.EVENTSTORE_TEST_URL || undefined;
  const report = await benchEngines(url);
  const { bareAppend, adapterAppend, bareCatchUp, adapterCatchUp, adapterPages } = report.paces;
  const told = ({ rate, cpu }: Pace): string => `${Math.round(rate)}/s at ${cpu.toFixed(0)} us of its processor each`;
  say(`the server: ${url === undefined ? 'the stand-in that tests use' : 'the one at EVENTSTORE_TEST_URL'}`);
  say('each contender has a process of its own, because one process holds one client; they take turns');
  say(`64 appends in flight: bare client ${told(bareAppend)}, adapter ${told(adapterAppend)}`);
  say(`from the first event: bare subscription ${told(bareCatchUp)}, adapter ${told(adapterCatchUp)}`);
  say(`by pages of 500, as followers begin: adapter ${told(adapterPages)}`);
  const kept = [
    against(say, 'appends: the adapter / the bare client', report.append, 0.8),
    against(say, 'catching up: the adapter / the bare client', report.subscribe, 0.8),
    against(say, 'catching up by pages: the adapter / the bare client', report.pages, 0.8),
  ];
  return { report, reached: !kept.includes(false) };
}

function against(say: Say, what: string, ratio: number, target: number): boolean {
  say(`${what}: ${ratio.toFixed(2)} (at least ${target})`);
  return ratio >= target;
}
