/** Synthetic spans as the lines that the package and the Collector write, read back by the report itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveAttributes } from '../../src/conventions/attributes.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Collected } from '../../src/report/read/collected.ts';
import type { Recorder, Who } from './telemetry.ts';

export interface OtlpRecorder extends Recorder {
  /** Writes a file, reads it and removes it. */
  collected(): Promise<Collected>;
}

interface Span {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly attributes: LiveAttributes;
}

export function createOtlpRecorder(): OtlpRecorder {
  const lines: string[] = [];
  /** Of the session that goes on. */
  let spans: Span[] = [];
  let count = 0;

  const flush = (who: Who): void => {
    const traceId = (lines.length + 1).toString(16).padStart(32, '0');
    const [session, ...parts] = spans.map((span) => ({
      ...span,
      spanId: (++count).toString(16).padStart(16, '0'),
    }));
    lines.push(
      JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: keyValues({ 'service.name': who.service }) },
            scopeSpans: [
              {
                spans: [session, ...parts].flatMap((span) =>
                  span === undefined
                    ? []
                    : [
                        {
                          traceId,
                          spanId: span.spanId,
                          ...(span !== session && session && { parentSpanId: session.spanId }),
                          name: span.name,
                          kind: 3,
                          startTimeUnixNano: nanoseconds(span.from),
                          endTimeUnixNano: nanoseconds(span.to),
                          attributes: keyValues({
                            'gen_ai.provider.name': 'gcp.gemini',
                            'gen_ai.request.model': who.model,
                            'gemini.live.sdk.version': who.sdk,
                            ...span.attributes,
                          }),
                        },
                      ],
                ),
              },
            ],
          },
        ],
      }),
    );
    spans = [];
  };

  return {
    call({ tool, at, pendingMs, frames, closed }) {
      spans.push({
        name: `execute_tool ${tool}`,
        from: at,
        to: at + pendingMs,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': tool,
          'gemini.live.tool_call.outcome': closed ? 'closure' : 'answered',
          'gemini.live.tool_call.pending_at_receipt': 0,
          'gemini.live.tool_call.input_frames_while_pending': frames,
          'gemini.live.tool_call.non_blocking': false,
          ...(closed && { 'error.type': '1011' }),
        },
      });
    },
    response({
      tool,
      at,
      bytes,
      latencyMs,
      encoding,
      shape,
      controlCharacters,
      idMatch,
      nameMatch,
      frames,
      closed,
    }) {
      spans.push({
        name: 'send_tool_response',
        from: at,
        to: at,
        attributes: {
          'gemini.live.tool_response.tools': [tool],
          'gemini.live.tool_response.wire_size': bytes,
          'gemini.live.tool_response.call_latency': latencyMs / 1_000,
          'gemini.live.tool_response.encoding': encoding,
          'gemini.live.tool_response.shape': shape,
          'gemini.live.tool_response.control_characters': controlCharacters,
          'gemini.live.tool_response.id_match': idMatch,
          'gemini.live.tool_response.name_match': nameMatch,
          'gemini.live.tool_response.pending_before': 1,
          'gemini.live.tool_response.input_frames_while_pending': frames,
          'gemini.live.tool_response.outcome': closed ? 'closure' : 'ok',
        } as LiveAttributes,
      });
    },
    closure(span) {
      const { startedAt, at } = span;
      spans.unshift(
        { name: `live_session ${span.model}`, from: startedAt, to: at, attributes: {} },
        { name: `live_connect ${span.model}`, from: startedAt, to: startedAt + 200, attributes: {} },
      );
      spans.push({
        name: 'live_closure',
        from: at,
        to: at,
        attributes: {
          'gemini.live.setup.functions': ['search'],
          'gemini.live.session.resumed': false,
          'gemini.live.closure.sessions_open': span.open,
          'gemini.live.closure.connects_last_minute': span.connects,
          'gemini.live.closure.expected': span.expected,
          'gemini.live.closure.code': span.code,
          'gemini.live.closure.reason': '',
          'gemini.live.closure.initiator': span.initiator,
          'gemini.live.closure.phase': 'active',
          'gemini.live.closure.cause': span.cause,
          'gemini.live.closure.hypothesis': span.hypothesis,
          'gemini.live.closure.confidence': span.confidence,
          'gemini.live.closure.preceding_event': span.preceding,
          'gemini.live.closure.connection_age': (at - startedAt) / 1_000,
        } as LiveAttributes,
      });
      flush(span);
    },
    async collected() {
      const directory = await mkdtemp(join(tmpdir(), 'live-otel-bench-'));
      try {
        const file = join(directory, 'sessions.jsonl');
        await writeFile(file, lines.map((line) => `${line}\n`).join(''));
        return await collect([file]);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
  };
}

function keyValues(attributes: object): readonly unknown[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): unknown {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') return { stringValue: String(value) };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
