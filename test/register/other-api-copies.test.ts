import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-api-copies-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the API in `at`: that of the project (1.10), or an older one (1.9). */
function linkApi(at: string, from: string): void {
  mkdirSync(join(at, 'node_modules/@opentelemetry'), { recursive: true });
  symlinkSync(join(from, 'node_modules/@opentelemetry/api'), join(at, 'node_modules/@opentelemetry/api'));
}

const copies = { '1.10': root, '1.9': join(root, 'test/fixtures/otel-2') };

/** A library with a provider and an API of its own, as Sentry is; the application uses the copy that it finds. */
const library = `
const { trace, propagation, context, createContextKey, ROOT_CONTEXT } = require('@opentelemetry/api');
const key = createContextKey('of the library');
const active = ROOT_CONTEXT.setValue(key, 'active');
const started = [];
const tracer = { startSpan: (name) => (started.push(name), trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 })) };
const provider = { getTracer: () => tracer };
exports.start = () => [
  trace.setGlobalTracerProvider(provider),
  propagation.setGlobalPropagator({ inject() {}, extract: (c) => c, fields: () => [] }),
  context.setGlobalContextManager({ active: () => active, with: (_c, f) => f(), bind: (_c, f) => f, enable() {}, disable() {} }),
];
exports.started = started;
exports.use = () => {
  trace.getTracer('library').startSpan('of the library');
  return String(context.active().getValue(key));
};
`;
const application = `
const { start, started, use } = require('library');
const { trace } = require('@opentelemetry/api');
const early = trace.getTracer('early');
const registered = start();
const active = use();
early.startSpan('early');
trace.getTracer('late').startSpan('late');
console.log(JSON.stringify({ registered, active, started }));
`;

it.each([
  ['1.10', '1.9'],
  ['1.9', '1.9'],
  ['1.9', '1.10'],
  ['1.10', '1.10'],
] as const)(
  'a library that brings API %s registers its SDK as without us, in an application with API %s',
  async (ofLibrary, ofApplication) => {
    const app = join(folder, `${ofApplication}-${ofLibrary}`);
    linkApi(app, copies[ofApplication]);
    linkApi(join(app, 'node_modules/library'), copies[ofLibrary]);
    writeFileSync(join(app, 'node_modules/library/index.js'), library);
    writeFileSync(join(app, 'app.cjs'), application);
    const without = await runNode(['app.cjs'], { cwd: app });
    const withUs = await runNode(['--require', join(root, 'dist/register.cjs'), 'app.cjs'], { cwd: app });
    const expected = { registered: [true, true, true], active: 'active' };
    const { started: startedWithout, ...seenWithout } = JSON.parse(without.stdout);
    const { started, ...seen } = JSON.parse(withUs.stdout);
    expect(seenWithout).toEqual(expected);
    expect({ ...withUs, stdout: seen }).toEqual({ ...without, stdout: expected });
    // Copies of other versions, which do not see that SDK without us, do with us.
    expect(started).toEqual(expect.arrayContaining(startedWithout));
    expect(started).toContain('late');
  },
);
