import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { gaugesOf, instrumentsOf } from './instruments.js';
import { Telemetry } from './telemetry.js';

const read = (path: string): string => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

/** Our own metrics, with their labels. */
function ours(): Map<string, string[]> {
  const registry = new Registry();
  instrumentsOf(registry);
  gaugesOf(registry);
  const all = registry.getMetricsAsArray() as unknown as { name: string; labelNames: string[] }[];
  return new Map(all.map(({ name, labelNames }) => [name, labelNames]));
}

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, what = '']) => what);

describe('the guide for those who observe', () => {
  it('has every metric that there is, with its labels, and no other', () => {
    const rows = [...read('guides/observe.md').matchAll(/^\| `(ronde_\w+)` \| ([^|]+) \|/gm)];
    const told = rows.map(([, name, labels = '']) => [name, labels === 'none' ? [] : found(labels, /`(\w+)`/g)]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(ours()));
  });
});

describe('the dashboard', () => {
  const { panels } = JSON.parse(read('grafana/ronde.json')) as {
    panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[];
  };
  const targets = panels.flatMap((panel) => panel.targets ?? []);
  const named = (expr: string): string[] => found(expr, /\b((?:ronde|process|nodejs)_\w+)/g);

  it('asks for metrics that are on the page', async () => {
    const { body } = (await (await Telemetry.open({ metrics: true })).page())!;
    const types = new Map([...body.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));
    const onPage = (name: string): boolean => {
      const base = name.replace(/_(bucket|count|sum)$/, '');
      return types.get(base) === 'histogram' ? base !== name : types.has(name);
    };
    expect(targets.flatMap(({ expr }) => named(expr)).filter((name) => !onPage(name))).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const shown = new Set(targets.flatMap(({ expr }) => named(expr)).map((it) => it.replace(/_(bucket|count)$/, '')));
    expect([...ours().keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it.each(targets.map(({ expr, legendFormat }) => [expr, legendFormat]))(
    'groups by labels that its metric has: %s',
    (expr, legend) => {
      const labels = new Set([
        ...named(expr).flatMap((name) => ours().get(name.replace(/_(bucket|count)$/, '')) ?? []),
        'le',
        'instance',
      ]);
      const grouped = found(expr, /by \(([^)]*)\)/g).flatMap((it) => it.split(', '));
      const missing = [...grouped, ...found(legend, /\{\{(\w+)\}\}/g)].filter((label) => !labels.has(label));
      expect(missing).toEqual([]);
    },
  );
});
