/** Sessions of `ai.live.music`, of each line of the SDK and on sockets without one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator, type MusicBehaviour } from '../../src/testing/index.ts';
import { readSpans, spanTree } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const app = join(root, 'test/instrumentation/apps/music.cjs');
const filter = (text: string): string | undefined =>
  text.includes('famous') ? 'PROHIBITED_CONTENT' : undefined;

async function play(
  client: string,
  options: { load?: string; music?: MusicBehaviour; env?: Record<string, string> } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-music-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sessions.jsonl');
  const simulator = await LiveServerSimulator.start({
    timeScale: 50,
    music: { filter, silentAfterChunks: 3, ...options.music },
  });
  onTestFinished(() => simulator.close());
  const env = {
    CLIENT: client,
    LOAD: options.load ?? 'cjs',
    URL_BASE: simulator.url,
    LIVE_OTEL_FILE: file,
    ...options.env,
  };
  const without = await runNode([app], { env });
  const withUs = await runNode(['--require', 'live-otel/register', app], { env });
  expect(withUs).toEqual(without);
  const spans = readSpans(file);
  const attributes = (name: string) => spans.find((span) => span.name.startsWith(name))?.attributes;
  return { ...withUs, spans, attributes };
}

const sdks = [
  ['genai-1', '1.52.0'],
  ['genai-2', '2.32.0'],
  ['@google/genai', '3.1.0'],
] as const;
const clients = [
  ...sdks.flatMap(([client, version]) =>
    (['cjs', 'esm'] as const).map((load) => ({ client, version, load })),
  ),
  ...['ws', 'global'].map((client) => ({ client, version: undefined, load: 'cjs' })),
];

const someSeconds = expect.any(Number);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);

/** What a session that is closed after three chunks is recorded with. */
const session = (version: string | undefined) => ({
  'gen_ai.provider.name': 'gcp.gemini',
  'gen_ai.request.model': 'lyria-realtime-exp',
  'gen_ai.realtime_session.id': id,
  'gen_ai.conversation.id': id,
  ...(version && { 'gemini.live.sdk.version': version }),
  'gemini.live.api.version': 'v1alpha',
  'server.address': '127.0.0.1',
  'server.port': someSeconds,
  'gemini.live.session.resumed': false,
  'gemini.live.setup.size': 47,
  'gemini.live.session.turns': 0,
  'gemini.live.session.interruptions': 0,
  'gemini.live.session.spurious_interruptions': 0,
  'gemini.live.session.tool_calls': 0,
  'gemini.live.session.tool_responses': 0,
  'gemini.live.session.unmatched_responses': 0,
  'gemini.live.session.sent_frames': 6,
  'gemini.live.session.received_frames': 6,
  'gemini.live.session.sent_size': version ? 309 : 310,
  'gemini.live.session.received_size': 1_537_612,
  'gemini.live.session.sent_audio_frames': 0,
  'gemini.live.session.sent_video_frames': 0,
  'gemini.live.music.playback': 'paused',
  'gemini.live.music.playback_controls': 3,
  'gemini.live.music.prompt_updates': 1,
  'gemini.live.music.prompts': 2,
  'gemini.live.music.prompt_characters': 25,
  'gemini.live.music.filtered_prompts': 1,
  'gemini.live.music.warnings': 1,
  'gemini.live.music.config_updates': 1,
  'gemini.live.music.config': ['bpm=90', 'scale=C_MAJOR_A_MINOR'],
  'gemini.live.music.audio_chunks': 3,
  'gemini.live.music.audio_size': 1_152_000,
  'gemini.live.music.audio_duration': 6,
  'gemini.live.music.first_audio': someSeconds,
  'gemini.live.music.gaps': 0,
  'gemini.live.music.gap_duration': 0,
  'gemini.live.closure.code': 1000,
  'gemini.live.closure.reason': '',
  'gemini.live.closure.initiator': 'client',
  'gemini.live.closure.expected': true,
  'gemini.live.closure.phase': 'active',
  'gemini.live.closure.cause': 'client-closed-normal',
  'gemini.live.closure.category': 'client',
  'gemini.live.closure.hypothesis': 'client',
  'gemini.live.closure.confidence': 'high',
});

describe.each(clients)('music with $client ($load)', ({ client, version, load }) => {
  it('is one session whose spans say what was played and nothing of the prompts', async () => {
    const { spans, attributes, stdout } = await play(client, { load, music: { warning: 'Experimental.' } });
    expect(stdout).toContain('audio 384000, audio 384000, audio 384000, close 1000');
    expect(spanTree(spans)).toEqual([
      'live_session lyria-realtime-exp',
      '  live_closure',
      '  live_connect lyria-realtime-exp',
    ]);
    expect(attributes('live_session')).toEqual(session(version));
    expect(JSON.stringify(spans)).not.toMatch(/calm piano|famous singer|SECRETKEY/);
  });
});

describe('music', () => {
  it('that the service ends while it plays is an unexpected closure with all that was played', async () => {
    const end = { code: 1011, reason: 'Internal error encountered.', afterChunks: 2 };
    const { attributes } = await play('@google/genai', { music: { end } });
    expect(attributes('live_closure')).toMatchObject({
      'gemini.live.closure.expected': false,
      'gemini.live.closure.cause': 'internal-generic-1011',
      'gemini.live.closure.credential': 'api_key',
      'gemini.live.closure.preceding_event': 'filtered_prompt',
      'gemini.live.closure.last_received_kind': 'audio',
      'gemini.live.music.playback': 'playing',
      'gemini.live.music.audio_chunks': 2,
      'error.type': '1011',
    });
  });

  it('that the service ends with 1000 while it plays is not expected either', async () => {
    const end = { code: 1000, reason: '', afterChunks: 1 };
    const { attributes } = await play('@google/genai', { music: { end } });
    expect(attributes('live_closure')).toMatchObject({
      'gemini.live.closure.initiator': 'server',
      'gemini.live.closure.expected': false,
    });
  });

  it('asked for on Vertex AI is a failed connect, and the catalogue says why', async () => {
    const { spans, attributes, stdout } = await play('@google/genai', { env: { VERTEX: 'yes' } });
    expect(stdout).toContain('error Live music is not supported for Vertex AI.');
    expect(spans).toHaveLength(3);
    expect(attributes('live_closure')).toMatchObject({
      'gemini.live.closure.cause': 'connect-music-on-vertex',
      'gemini.live.closure.error_message': 'Live music is not supported for Vertex AI.',
      'gemini.live.closure.phase': 'handshake',
      'gemini.live.music.playback': 'not_started',
    });
  });
});
