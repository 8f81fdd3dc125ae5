/** What a contender of the bench of engines is asked to do. Each task is answered by what it took. */
export type Task =
  | { readonly task: 'append'; readonly writers: number; readonly each: number }
  | { readonly task: 'catch up' | 'read pages'; readonly events: number };

export interface Took {
  readonly ms: number;
  /** Milliseconds of processor time of the contender's process. */
  readonly cpuMs: number;
}
