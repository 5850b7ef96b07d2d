/** Rows of aggregates of ten sessions, as a database prints them. */
const common = { model: 'gemini-live', service: 'voice-agent', sdk: '3.1.0', hour: 12 };
/** 2026-03-01T12:00:00Z. */
export const at = Date.UTC(2026, 2, 1, 12);

export const totals = {
  table: 'totals',
  version: 1,
  period_from: at,
  period_to: at + 3_600_000,
  spans: 120,
  first_at: at + 5,
  last_at: at + 65_000.5,
  open: 2,
  ended: 8,
  aged: 8,
  connects: 10,
  turns: 20,
  first_audio: 12,
  tool_calls: 6,
  tool_responses: 5,
  sampled: 0,
};

export const toolResponse = {
  table: 'tool_responses',
  ...common,
  tool: 'search',
  size: 26,
  latency: 9,
  encoding: 'ascii',
  shape: 'object',
  controlCharacters: 0,
  idMatch: 'matched',
  nameMatch: 'matched',
  pending: 1,
  input: 2,
  units: 5,
  closures: 2,
};

export const toolCall = {
  table: 'tool_calls',
  ...common,
  tool: 'search',
  duration: 9,
  pending: 0,
  input: 2,
  nonBlocking: 1,
  units: 6,
  closures: 1,
};

export const ending = {
  table: 'endings',
  ...common,
  provider: 'gcp.gemini',
  resumed: 0,
  hasTools: 1,
  openSessions: 3,
  connects: 2,
  expected: 0,
  code: 1011,
  initiator: 'server',
  phase: 'active',
  cause: 'internal_error',
  hypothesis: 'internal_error',
  confidence: 'medium',
  preceding: 'tool_response',
  units: 3,
};
export const expectedEnding = {
  ...ending,
  expected: 1,
  code: 1000,
  initiator: 'client',
  cause: 'client_closed',
  hypothesis: 'client',
  preceding: 'none',
  units: 5,
};

const trace = (digit: string) => digit.repeat(32);
const span = (digit: string) => digit.repeat(16);

export const group = {
  table: 'closure_groups',
  code: 1011,
  reason: 'Internal error occurred.',
  initiator: 'server',
  expected: 0,
  preceding: 'tool_response',
  units: 3,
  examples: [
    [7, trace('b'), span('2'), 'session-b'],
    [3, trace('a'), span('1'), ''],
  ],
};
export const expectedGroup = {
  ...group,
  code: 1000,
  reason: '',
  initiator: 'client',
  expected: 1,
  preceding: 'none',
  units: 5,
  examples: [['9', trace('c'), span('3'), 'session-c']],
};

export const closure = {
  table: 'sessions',
  trace_id: trace('a'),
  span_id: span('9'),
  parent_span_id: span('1'),
  name: 'live_closure gemini-live',
  service: 'voice-agent',
  started: at + 60_000,
  ended: at + 60_010.25,
  attributes: {
    'gemini.live.closure.cause': 'internal_error',
    'gemini.live.closure.expected': 'false',
    'gemini.live.closure.code': '1011',
    'gemini.live.closure.evidence': '["The service said so."]',
    'gemini.live.closure.connection_age': '59.5',
    'http.route': '/not/ours',
  },
};

export const rows: readonly object[] = [
  totals,
  toolResponse,
  toolCall,
  ending,
  expectedEnding,
  { table: 'ages', age: 59, ending: 'internal_error', units: 3 },
  { table: 'ages', age: 900, ending: 'expected', units: 5 },
  { table: 'time', at, event: 'connects', units: '10' },
  { table: 'time', at, event: 'toolResponses', units: 5 },
  { table: 'time', at: at + 60_000, event: 'internal_error', units: 3 },
  { table: 'time', at: at + 60_000, event: 'expected', units: 5 },
  { table: 'first_audio', trigger: 'activity_end', bin: 465, units: 12 },
  group,
  expectedGroup,
  closure,
];

export function linesOf(all: readonly object[]): string {
  return all.map((row) => `${JSON.stringify(row)}\n`).join('');
}
