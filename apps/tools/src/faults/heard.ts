const kept = 200;
const unforeseen = /unhandled|uncaught|TypeError|ReferenceError|heap out of memory/i;

/** What a process said that matters. */
export class Heard {
  /** The latest lines: everything from `error` up, and what is not JSON. */
  readonly said: string[] = [];
  /** Whatever ended a process in a way nobody asked for; never trimmed. */
  readonly unforeseen: string[] = [];

  hear(line: string): void {
    if (!matters(line)) return;
    this.said.push(line);
    this.said.splice(0, Math.max(0, this.said.length - kept));
    if (unforeseen.test(line)) this.unforeseen.push(line);
  }
}

/** Lines of level error and above, and what the runtime itself says. */
function matters(line: string): boolean {
  if (!line.startsWith('{')) return line.trim() !== '';
  try {
    return (JSON.parse(line) as { level: number }).level >= 50;
  } catch {
    return true;
  }
}
