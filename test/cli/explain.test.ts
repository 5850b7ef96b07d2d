import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answer } from '../../src/cli/explain/answer.ts';
import { renderAnswer } from '../../src/cli/explain/render.ts';
import { catalogue, causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import { signalIds } from '../../src/diagnosis/signals/signals.ts';
import { createPen, defaultStyle } from '../../src/report/render/text/style.ts';
import { causeOf } from '../diagnosis/causes.ts';
import { runCli } from './run-cli.ts';

const notImplemented = 'Operation is not impl…';

describe('live-otel explain', () => {
  it('ranks what a code and a cut text can mean', async () => {
    const { code, stdout, stderr } = await runCli(['explain', '1008', notImplemented]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^1008 "Operation is not impl…"\n\d+ causes are known with this code and text\./);
    expect(stdout).toContain('tool-pending-realtime-input-1008');
    expect(stdout).toContain('What would decide');
    expect(stdout).toMatch(/^ {3}reported {2}https:\/\/\S+$/m);
    expect(stdout).toMatch(/\nEvery cause in full: live-otel explain --all\n$/);
  });

  it('puts first what the signals speak for', async () => {
    const { stdout } = await runCli([
      'explain',
      '1008',
      notImplemented,
      '--signal',
      'input_while_call_pending',
      'audio_while_call_pending',
    ]);
    expect(stdout).toContain(
      '\n1. Realtime input while a tool call was pending\n   tool-pending-realtime-input-1008',
    );
    expect(stdout).toContain('for       realtime input was sent while a tool call was pending');
  });

  it('takes a text of several words without quotes, in any capitals', async () => {
    const { stdout } = await runCli(['explain', '1008', 'bidigeneratecontent', 'SESSION', 'expired']);
    expect(stdout).toContain('The text is known from one cause alone: it decides.');
    expect(stdout).toContain('\n1. Resumption handle expired\n   resume-handle-expired-1008');
  });

  it('takes a text alone', async () => {
    const { code, stdout } = await runCli(['explain', 'BidiGenerateContent', 'session', 'expired']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^"BidiGenerateContent session expired"\nThe text is known from one cause alone: it decides\. Confidence that it is the first: high\.\n\n1\. Resumption handle expired\n/,
    );
    const shared = await runCli(['explain', 'Internal error']);
    expect(shared.stdout).toMatch(/^"Internal error"\n\d+ causes are known with this text\./);
    const unknown = await runCli(['explain', 'The', 'flux', 'capacitor']);
    expect(unknown.stdout).toBe(
      '"The flux capacitor"\nNo cause is known with this text. What its code can mean: live-otel explain CODE "text".\n',
    );
  });

  it.each([
    ['in other capitals', ['bidigeneratecontent SESSION Expired'], 'resume-handle-expired-1008'],
    ['in quotes', ['"BidiGenerateContent session expired"'], 'resume-handle-expired-1008'],
    ['over two lines', ['BidiGenerateContent\n   session expired'], 'resume-handle-expired-1008'],
    [
      'in an error of the SDK',
      [
        'Error: Live connection closed before setup completed (code 1008): models/x is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
      ],
      'model-not-found-1008',
    ],
    [
      'in a line of a log',
      [`2026-11-27 ERROR socket closed code=1008 reason='BidiGenerateContent session expired'`],
      'resume-handle-expired-1008',
    ],
    [
      'in a line of a log that nobody quoted',
      ['2026-11-27', 'closed', 'code:', '1008', 'BidiGenerateContent', 'session', 'expired'],
      'resume-handle-expired-1008',
    ],
    [
      'cut at 123 bytes',
      [
        'models/gemini-live-2.5-flash-preview is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
      ],
      'model-not-found-1008',
    ],
  ])('finds a text %s', async (_how, args, cause) => {
    const { stdout } = await runCli(['explain', ...args]);
    expect(stdout).toMatch(new RegExp(`\\n1\\. .*\\n   ${cause} `));
  });

  it('speaks of music where the question does', async () => {
    const about = async (...args: readonly string[]) =>
      (await runCli(['explain', ...args])).stdout.includes('stall-music-silent');
    expect(await about('none')).toBe(false);
    expect(await about('none', '--signal', 'music_session')).toBe(true);
  });

  it('goes by the words of a text that no cause is known with', async () => {
    const { code, stdout } = await runCli(['explain', '1008', 'Your API key was reported as leaked.']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      '1008 "Your API key was reported as leaked."',
      'No cause is known with this text. Its words speak of this: text-names-credentials.',
      '',
      '1. A text that speaks of a key or a token',
    ]);
    expect(stdout).not.toContain('reported  ');
  });

  it('takes a code alone, and says that the text decides and how to see it', async () => {
    const { stdout } = await runCli(['explain', '1008']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /^1008 \d+ causes are known with this code, the most often reported first\. The text decides between most of them\. LIVE_OTEL_LOG=closures prints it; without live-otel: onclose: /,
    );
    expect(stdout).not.toContain('Confidence');
  });

  it('prints JSON', async () => {
    const args = [
      '1011',
      'Internal error',
      '--signal',
      'video_with_audio',
      '--api',
      'gemini',
      '--format',
      'json',
    ];
    const { code, stdout } = await runCli(['explain', ...args]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      code: 1011,
      text: 'Internal error',
      api: 'gemini',
      signals: ['video_with_audio'],
      ...answer(
        { code: 1011, text: 'Internal error', api: 'gemini', signals: ['video_with_audio'] },
        catalogue,
      ),
    });
  });

  it('lists every signal with its meaning', async () => {
    const { code, stdout } = await runCli(['explain', '--list-signals']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([...signalIds]);
    expect(lines[0]).toMatch(/^before_open +the socket had not opened$/);
  });

  it('prints the whole catalogue, which docs/closures.md holds', async () => {
    const { stdout } = await runCli(['explain', '--all']);
    expect(stdout).toBe(await readFile(new URL('../../docs/closures.md', import.meta.url), 'utf8'));
  });

  it.each([
    [
      'no code',
      [],
      'A close code or a text is missing: give a number from 1000 to 4999, or none for a session that fell silent.',
    ],
    [
      'a code that is none',
      ['10o8'],
      '10o8 is no close code: give a number from 1000 to 4999, or none for a session that fell silent.',
    ],
    [
      'a code out of range',
      ['5000'],
      '5000 is no close code: give a number from 1000 to 4999, or none for a session that fell silent.',
    ],
    [
      'an unknown signal',
      ['1011', 'x', '--signal', 'frob'],
      'frob is no signal. live-otel explain --list-signals prints all of them.',
    ],
    [
      'an unknown API',
      ['1011', '--api', 'openai'],
      "option '--api <api>' argument 'openai' is invalid. Allowed choices are gemini, vertex. See live-otel --help.",
    ],
  ])('refuses %s in one line', async (_, args, message) => {
    expect(await runCli(['explain', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `live-otel: ${message}\n`,
    });
  });
});

describe('an answer', () => {
  it('has the words of the catalogue and what to look for', () => {
    const { candidates } = answer(
      { code: 1008, text: 'BidiGenerateContent session expired', signals: [] },
      catalogue,
    );
    const cause = causeById('resume-handle-expired-1008');
    expect(candidates).toEqual([
      {
        cause: 'resume-handle-expired-1008',
        title: cause?.title,
        hypothesis: cause?.hypothesis,
        category: cause?.category,
        confidence: 'high',
        text: 'specific',
        sharedBy: 1,
        observable: 'yes',
        otherCode: false,
        otherApi: false,
        speakFor: [],
        speakAgainst: [],
        lookFor: [],
        lookForOneOf: [],
        why: cause?.cause,
        remedy: cause?.remedy,
        retry: {
          when: 'fresh_session',
          why: 'What was restored or replayed would end the next session in the same way.',
        },
        link: 'docs/closures.md#resume-handle-expired-1008',
        sources: cause?.sources,
      },
    ]);
  });

  const causes = [
    causeOf({ id: 'tools', texts: ['Internal error.'], requires: ['tool_call_pending'] }),
    causeOf({
      id: 'late',
      texts: ['Internal error.'],
      requiresOneOf: ['age_near_10_minutes', 'go_away_received'],
    }),
    causeOf({ id: 'early', texts: ['Internal error.'], requires: ['before_setup_complete'] }),
    causeOf({ id: 'named', texts: ['Quota exceeded.'] }),
    causeOf({ id: 'silent', codes: [], requires: ['line_silent'] }),
  ];

  it('names the signals that decide between the candidates', () => {
    const { next } = answer({ code: 1011, text: 'Internal error.', signals: [] }, causes);
    expect(next.map(({ signal }) => signal)).toEqual([
      'before_setup_complete',
      'age_near_10_minutes',
      'go_away_received',
      'tool_call_pending',
    ]);
  });

  it('leaves out what the signals given exclude', () => {
    const { candidates } = answer({ code: 1011, text: 'Internal error.', signals: ['active'] }, causes);
    expect(candidates.map(({ cause }) => cause)).not.toContain('early');
  });

  it('falls back to the code where the text is not known, without causes that name themselves', () => {
    const shared = [...causes, causeOf({ id: 'other', texts: ['Internal error.'] })];
    const { textUnknown, candidates } = answer({ code: 1011, text: 'Flux capacitor.', signals: [] }, shared);
    expect(textUnknown).toBe(true);
    expect(candidates.map(({ cause }) => cause).sort()).toEqual(['early', 'late', 'other', 'tools']);
  });

  it('puts what was reported most often first, where no signal tells the candidates apart', () => {
    const [often, seldom] = ['often', 'seldom'].map((id) =>
      causeOf({
        id,
        texts: ['Internal error.'],
        requires: ['tool_call_pending'],
        unlinkedSources: id === 'often' ? 9 : 1,
        confidence: id === 'often' ? 'low' : 'high',
      }),
    );
    const both = [...causes, ...[seldom, often].filter((cause) => cause !== undefined)];
    const first = (question: Parameters<typeof answer>[0]): string | undefined =>
      answer(question, both).candidates[0]?.cause;
    expect(first({ code: 1011, text: 'Internal error.', signals: [] })).toBe('often');
    expect(first({ code: 1011, signals: [] })).toBe('often');
    expect(first({ code: 1011, text: 'Internal error.', signals: ['tool_call_pending'] })).not.toBe('often');
  });

  it.each([
    [{ code: 1011, text: 'Quota exceeded.' }, 'high'],
    [{ text: 'Quota exceeded.' }, 'high'],
    [{ code: 1008, text: 'Quota exceeded.' }, 'low'],
    [{ code: 1011, text: 'Internal error.' }, 'low'],
    [{ code: 1011 }, 'none'],
    [{ code: 1003 }, 'none'],
  ] as const)('is as sure of %j as that allows: %s', (question, confidence) => {
    expect(answer({ ...question, signals: [] }, causes).confidence).toBe(confidence);
  });

  it('knows what leaves a connection open', () => {
    const { candidates } = answer({ signals: [] }, causes);
    expect(candidates.map(({ cause }) => cause)).toEqual(['silent']);
  });

  it('is drawn with what a person needs to go on', () => {
    const question = { code: 1011, text: 'Internal error', signals: ['go_away_received'] } as const;
    expect(renderAnswer(question, answer(question, causes), createPen(defaultStyle))).toBe(`\
1011 "Internal error"
3 causes are known with this code and text. Confidence that it is the first: medium.

1. a cause
   late · internal_error
   why       It is so.
   remedy    Do something.
   retry     now. The cause ended with the connection, so a new one can be opened at once.
   for       goAway had come (go_away_received)

2. a cause
   early · internal_error
   why       It is so.
   remedy    Do something.
   retry     now. The cause ended with the connection, so a new one can be opened at once.
   look for  the setup was not complete (before_setup_complete)

3. a cause
   tools · internal_error
   why       It is so.
   remedy    Do something.
   retry     now. The cause ended with the connection, so a new one can be opened at once.
   look for  a tool call was pending (tool_call_pending)

What would decide: run it again with --signal and each of these that you saw
   age_near_10_minutes    the connection was about 10 minutes old
   before_setup_complete  the setup was not complete
   tool_call_pending      a tool call was pending

Every cause in full: live-otel explain --all
`);
  });

  it('says so where nothing is known', () => {
    const question = { code: 1003, text: 'x', signals: [] } as const;
    expect(renderAnswer(question, answer(question, causes), createPen(defaultStyle))).toBe(`\
1003 "x"
No cause is known with code 1003 or with this text.
`);
  });
});
