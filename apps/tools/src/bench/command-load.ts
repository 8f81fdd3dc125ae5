import { connect, type Socket } from 'node:net';

/** A request as it goes over the wire, and what its answer must contain to count. */
export interface Shot {
  readonly bytes: Buffer;
  readonly expected: string;
}

/** Where and as whom a GraphQL document is sent. */
export interface Asker {
  readonly port: number;
  readonly token: string;
}

export function shotOf({ port, token }: Asker, body: object, expected: string): Shot {
  const json = JSON.stringify(body);
  const head = [
    'POST /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    'Accept: application/json',
    `Authorization: Bearer ${token}`,
    `Content-Length: ${Buffer.byteLength(json)}`,
  ];
  return { bytes: Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`), expected };
}

/** Clients that keep their connections, each with one request at a time: so lean that the server is what is measured. */
export class Clients {
  private constructor(private readonly connections: readonly Connection[]) {}

  static async open(port: number, count: number): Promise<Clients> {
    return new Clients(await Promise.all(Array.from({ length: count }, () => Connection.open(port))));
  }

  /** Fires all the shots, the next one from whichever client is free; answers how many a second came back as expected. */
  async fire(shots: readonly Shot[]): Promise<number> {
    let next = 0;
    const work = async (connection: Connection): Promise<void> => {
      for (let shot = shots[next++]; shot !== undefined; shot = shots[next++]) {
        const answer = await connection.exchange(shot.bytes);
        if (!answer.includes(shot.expected)) throw new Error(`the answer is not as it should be: ${answer}`);
      }
    };
    const start = performance.now();
    await Promise.all(this.connections.map(work));
    return (shots.length * 1_000) / (performance.now() - start);
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }
}

const END_OF_HEAD = '\r\n\r\n';

/** One connection, one exchange at a time; understands just what the server sends: a length, then as many bytes. */
class Connection {
  private received: Buffer[] = [];
  private missing: number | undefined;
  private answer: ((text: string) => void) | undefined;
  private broken: ((error: Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.broken?.(error));
    socket.on('close', () => this.broken?.(new Error('the server hung up')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject).once('connect', () => resolve(new Connection(socket)));
    });
  }

  exchange(bytes: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.broken = reject;
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.broken = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received.push(chunk);
    this.missing = (this.missing ?? this.lengthOf()) - (this.missing === undefined ? 0 : chunk.length);
    if (this.missing > 0) return;
    const text = Buffer.concat(this.received).toString();
    this.received = [];
    this.missing = undefined;
    this.answer?.(text);
  }

  /** How many bytes the answer still lacks; its head comes in one piece. */
  private lengthOf(): number {
    const [chunk] = this.received as [Buffer];
    const head = chunk.indexOf(END_OF_HEAD);
    const length = /content-length: (\d+)/i.exec(chunk.toString('latin1', 0, head))?.[1];
    if (head < 0 || length === undefined) throw new Error('an answer without a length');
    return head + END_OF_HEAD.length + Number(length) - chunk.length;
  }
}
