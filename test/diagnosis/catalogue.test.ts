import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { renderCatalogue } from '../../src/cli/explain/catalogue-page.ts';
import { categories, confidences, hypotheses, retries } from '../../src/conventions/vocabulary.ts';
import { catalogue, causeById } from '../../src/diagnosis/catalogue/catalogue.ts';
import type { Cause } from '../../src/diagnosis/cause.ts';
import { diagnoseWith } from '../../src/diagnosis/diagnose.ts';
import { matchText, prepareTexts, readReason } from '../../src/diagnosis/match-reason.ts';
import { noOthers } from '../../src/diagnosis/others.ts';
import { rank } from '../../src/diagnosis/rank.ts';
import { type SignalId, signalIds } from '../../src/diagnosis/signals/signals.ts';
import { closureOf } from './closures.ts';

/** The ways in which connections are known to end, and the end of the process. Public names: none may go. */
const knownIds = `
  tool-pending-realtime-input-1008 tool-pending-audio-1007-content-type tool-pending-realtime-input-1011
  tool-response-1011-internal tool-response-1008-not-found tool-slow-1011-thread-cancelled
  tool-response-context-overflow-1007 tool-response-large-1011 tool-response-scheduling-unsupported-1007
  tool-response-scheduling-invalid-1007 tool-response-wrong-shape-1007 tool-response-after-reconnect-orphan
  tool-nonblocking-long-1008 tool-history-in-client-content-1007 tool-compression-orphaned-call-1007
  google-search-quota-1011 google-search-plus-functions-1007 code-execution-unsupported-1007
  code-execution-output-1008-json tool-schema-invalid-1007 tool-schema-empty-required-1008
  tool-config-unknown-1007 goaway-not-honoured-1008 lifetime-deadline-1011 lifetime-cancelled-1000-vertex
  lifetime-aborted-1008 idle-aborted-1008 lifetime-1011-inference-10min lifetime-1011-internal-10min
  lifetime-rpc-deadline-1011-legacy session-token-limit context-exhausted-1007 audio-video-1011-2min
  server-close-1000-empty idle-zombie-no-close resume-handle-not-found-1008 resume-handle-expired-1008
  resume-handle-unknown-1008 resume-handle-wrong-project-1008 resume-handle-invalid-1007
  resume-while-old-socket-open-1011 resume-reseed-storm-1007 resume-replay-queue-1007
  resume-poisoned-context-1011 ephemeral-token-spent-on-resume model-not-found-1008
  publisher-model-not-found-1008 model-not-live-1007 resource-path-invalid-1007 text-modality-voices-1007
  modality-combination-1007 text-output-native-audio-1007 two-modalities-1007
  audio-text-invalid-argument-1007 language-code-unsupported-1007 voice-unknown-1007 unknown-field-1007
  invalid-enum-or-oneof-1007 generation-param-unsupported-1007 thinking-level-required-1007
  compression-trigger-range-1007 compression-rejected system-instruction-too-long-1007 custom-voice-wav-1007
  affective-dialog-refused-1007 agent-engine-failed-1011 agent-engine-queue-overrun-1011
  function-behavior-unsupported-1007 modality-unsupported-internal-1011 proactivity-unknown-1007
  search-without-quota-1011 setup-against-model-1007 stall-call-lost-in-reconnect stall-interaction-in-progress
  stall-no-generation stall-silent-audio thinking-level-unsupported-1007 token-used-up-unavailable-1011
  tool-response-encoding-1011 tool-response-id-mismatch tool-response-large-1006 tool-response-shape-1007
  setup-not-first-1007 setup-twice-1007 setup-empty-fields-1007 affective-dialog-deferred-1007
  translate-region-subtag-deferred-1007 early-close-invalid-argument-1007 media-chunks-deprecated-1007
  activity-with-auto-vad-1007 audio-before-activity-start-1007 activity-window-nonaudio-first-1007
  client-content-3x-1007 client-content-interleaved-1007 client-content-in-activity-1011
  client-content-missing-role-1007 client-content-file-data-1008 seed-audio-rate-1008
  image-on-audio-only-model-1008 text-control-chars-1007 empty-realtime-input-1008
  client-content-text-mode-precondition-1007 first-mic-chunk-1007 api-key-invalid-1007 api-key-expired-1007
  unregistered-caller-1008 auth-invalid-1008 project-denied-1008 vertex-permission-1008
  vertex-api-disabled-1008 region-unsupported-1007 quota-exceeded-1011 resource-exhausted-1011
  resource-exhausted-vertex-1011 credits-depleted-1011 spending-cap-1011 service-unavailable-1011
  internal-generic-1011 overloaded-1011-legacy unimplemented-generic-1008 alpha-instability-1007-legacy
  keepalive-ping-timeout-1011 abnormal-1006 proxy-idle-reap-1006 ws-ping-1008 binary-frames-not-decoded-1006
  client-closed-normal handshake-rejected handshake-failed handshake-reset handshake-timed-out
  handshake-wrong-protocol service-unreachable certificate-refused stall-unanswered-tool-call stall-3x-blocking-after-tool-response
  stall-audio-during-tool-cancels-call stall-no-setup-complete stall-post-resume-no-generation
  own-relay-code connect-refused connect-no-credentials connect-credentials-unreachable connect-unanswered
  process-exited message-too-big-1009 text-names-context text-names-credentials text-names-quota
  text-names-overload text-names-handle text-names-lifetime text-names-size text-names-model
  text-names-tool-response text-names-permission text-names-encoding text-names-setting
  text-names-service-fault
  music-config-out-of-range music-model-other connect-music-on-vertex music-sent-before-setup
  music-session-limit stall-music-silent
`
  .trim()
  .split(/\s+/);

const reasonBytes = 123;

/** Ids of the entries of which something holds: an empty list where all is well, names where not. */
function entriesThat(hold: (cause: Cause) => boolean): readonly string[] {
  return catalogue.filter(hold).map(({ id }) => id);
}

function signalsOf({ requires, requiresOneOf = [], supports, against }: Cause): readonly SignalId[] {
  return [...requires, ...requiresOneOf, ...supports, ...against];
}

/** Whole sentences: nothing hangs over, and the last one ends with a full stop. */
function isProse(text: string): boolean {
  return /^\S.{9,}[^.]\.$/.test(text) && !/\s{2}/.test(text);
}

describe('titles', () => {
  test('are short phrases that a person reads, each of one cause', () => {
    expect(entriesThat(({ title }) => !/^[A-Za-z`].{5,79}[^.!?]$/.test(title))).toEqual([]);
    expect(entriesThat(({ id, title }) => title.includes(id) || /\b\w+(?:-\w+){3,}\b/.test(title))).toEqual(
      [],
    );
    expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
  });
});

describe('the catalogue', () => {
  test('has every known id exactly once', () => {
    expect(catalogue.map(({ id }) => id).sort()).toEqual([...knownIds].sort());
    expect(knownIds).toHaveLength(145 + 13 + 7);
  });

  test('finds an entry by its id, and nothing under another', () => {
    expect(knownIds.map((id) => causeById(id)?.id)).toEqual(knownIds);
    expect(causeById('unknown')).toBeUndefined();
    expect(causeById('toString')).toBeUndefined();
  });

  test('has ids that can be anchors and label values', () => {
    expect(entriesThat(({ id }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  test('says in full sentences what is seen, why, and what to do', () => {
    const parts = ({ symptom, cause, remedy }: Cause) => [symptom, cause, remedy];
    expect(entriesThat((entry) => !parts(entry).every(isProse))).toEqual([]);
  });

  test('has titles of their own, short and without a full stop', () => {
    const titles = catalogue.map(({ title }) => title.toLowerCase());
    expect(
      entriesThat(({ title }) => title.length === 0 || title.length > 75 || /[.!]$/.test(title)),
    ).toEqual([]);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('says for each entry where it is known from', () => {
    const isAddress = (source: string) =>
      /^https:\/\/[^\s/]+\.[^\s/]+(?:\/\S*)?(?: \([^)]+\))?$/.test(source);
    expect(entriesThat(({ sources, unlinkedSources = 0 }) => sources.length + unlinkedSources === 0)).toEqual(
      [],
    );
    expect(entriesThat(({ sources }) => !sources.every(isAddress))).toEqual([]);
    expect(entriesThat(({ sources }) => new Set(sources).size !== sources.length)).toEqual([]);
    expect(
      entriesThat(({ unlinkedSources }) => unlinkedSources !== undefined && !(unlinkedSources > 0)),
    ).toEqual([]);
  });

  test('uses only values that the diagnosis knows', () => {
    expect(
      entriesThat(
        ({ hypothesis, category, confidence, retry, apis }) =>
          !hypotheses.includes(hypothesis) ||
          !categories.includes(category) ||
          !confidences.includes(confidence) ||
          !retries.includes(retry) ||
          apis.length === 0,
      ),
    ).toEqual([]);
  });

  test('names only signals that exist, each once in a role', () => {
    const known = new Set<string>(signalIds);
    const lists = ({ requires, requiresOneOf = [], supports, against }: Cause) => [
      requires,
      requiresOneOf,
      supports,
      against,
    ];
    expect(entriesThat((cause) => !signalsOf(cause).every((signal) => known.has(signal)))).toEqual([]);
    expect(
      entriesThat((cause) => lists(cause).some((signals) => new Set(signals).size !== signals.length)),
    ).toEqual([]);
  });

  test('lets no signal speak both for and against a cause', () => {
    expect(
      entriesThat(({ requires, requiresOneOf = [], supports, against }) =>
        against.some((signal) => [...requires, ...requiresOneOf, ...supports].includes(signal)),
      ),
    ).toEqual([]);
  });

  test('comes with the code that an id names', () => {
    const codeIn = ({ id }: Cause) => /-(1\d{3})(?:-|$)/.exec(id)?.[1];
    expect(
      entriesThat((cause) => codeIn(cause) !== undefined && !cause.codes.includes(Number(codeIn(cause)))),
    ).toEqual([]);
  });

  test('has codes that a close event can have, and none for stalls alone', () => {
    const isCode = (code: number) => Number.isInteger(code) && code >= 1000 && code < 5000;
    expect(entriesThat(({ codes }) => !codes.every(isCode))).toEqual([]);
    expect(entriesThat(({ codes }) => codes.length === 0)).toEqual(
      entriesThat(({ id }) => /^(?:stall|connect)-|^process-exited$/.test(id)),
    );
  });

  test('has texts that fit into a close frame, each once in an entry', () => {
    const fits = (text: string) => Buffer.byteLength(text.replaceAll('<…>', '')) <= reasonBytes;
    expect(entriesThat(({ texts }) => !texts.every((text) => fits(text) || text.endsWith('…')))).toEqual([]);
    expect(
      entriesThat(({ texts }) => new Set(texts.map((text) => text.toLowerCase())).size !== texts.length),
    ).toEqual([]);
  });

  test('gives a text only to what ends with a code', () => {
    expect(entriesThat(({ texts, codes }) => texts.length > 0 && codes.length === 0)).toEqual([]);
  });

  test('has placeholders of one form only', () => {
    const odd = (text: string) => /[<>…]/.test(text.replaceAll('<…>', '').replace(/…$/, ''));
    expect(entriesThat(({ texts }) => texts.some(odd))).toEqual([]);
  });

  test('never lets an entry win that cannot be observed, even with everything seen that it names', () => {
    const hidden = catalogue.filter(({ observable }) => observable === 'no');
    const winners = hidden.flatMap((cause) =>
      cause.codes.map((code) => {
        const { requires, requiresOneOf = [], supports } = cause;
        const seen = new Map([...requires, ...requiresOneOf, ...supports].map((id) => [id, `Saw ${id}.`]));
        const closure = closureOf({ code, reason: cause.texts[0] ?? '' });
        return diagnoseWith(closure, noOthers, seen, catalogue).cause;
      }),
    );
    expect(hidden.length).toBeGreaterThan(0);
    expect(winners.filter((winner) => hidden.some(({ id }) => id === winner))).toEqual([]);
  });

  test('refines by phase only into another hypothesis', () => {
    const refined = catalogue.filter(({ onceActive }) => onceActive !== undefined);
    expect(refined.map(({ id, hypothesis, onceActive }) => [id, hypothesis, onceActive?.hypothesis])).toEqual(
      [
        ['unknown-field-1007', 'setup', 'encoding'],
        ['invalid-enum-or-oneof-1007', 'setup', 'encoding'],
        ['text-names-setting', 'setup', 'encoding'],
      ],
    );
  });
});

describe('a text of the catalogue', () => {
  const texts = prepareTexts(catalogue);
  const filled = (text: string) => text.replaceAll('<…>', 'x').replace(/…$/, '');

  test('matches its own entry when its placeholders are filled', () => {
    const unmatched = catalogue.flatMap((cause) =>
      cause.texts.filter((text) => {
        const prepared = texts.get(cause);
        return prepared === undefined || matchText(prepared, readReason(filled(text))).text === 'none';
      }),
    );
    expect(unmatched).toEqual([]);
  });

  test.each([
    [1007, 'API key not valid. Please pass a valid API key.', 'api-key-invalid-1007'],
    [1007, "Unsupported language code 'en-IN' for model models/m", 'language-code-unsupported-1007'],
    [1007, 'Unknown name "enableAffectiveDialog" at \'setup\': Cannot find field.', 'unknown-field-1007'],
    [1007, 'Unknown name "contents" at \'client_content\'', 'unknown-field-1007'],
    [1007, "Invalid value at 'setup.input_audio_transcription' (oneof)", 'invalid-enum-or-oneof-1007'],
    [1007, 'Unknown name "toolConfig" at \'setup\': Cannot find field.', 'tool-config-unknown-1007'],
    [1007, 'Unknown name "id" at \'tool_response\': Cannot find field.', 'tool-response-wrong-shape-1007'],
    [
      1007,
      "Invalid value at 'tool_response.function_responses[2].scheduling'",
      'tool-response-scheduling-invalid-1007',
    ],
    [1008, 'Publisher Model `projects/p/locations/global/publishers/goo', 'publisher-model-not-found-1008'],
    [1011, 'Quota exceeded for quota metric x', 'quota-exceeded-1011'],
    [1011, 'Your project has exceeded its monthly spending cap.', 'spending-cap-1011'],
  ])('%i %s is decided by its text', (code, reason, id) => {
    const [first] = rank({ code, reason, seen: new Set(), rest: 'unknown' }, catalogue);
    expect(first?.cause.id).toBe(id);
  });

  test('that many causes share is decided by what was seen', () => {
    const top = (...seen: SignalId[]) =>
      rank(
        { code: 1007, reason: 'Request contains an invalid argument.', seen: new Set(seen), rest: 'absent' },
        catalogue,
      )[0]?.cause.id;
    expect([
      top('before_setup_complete', 'at_once', 'last_sent_setup', 'not_resumed', 'gemini'),
      top('before_setup_complete', 'at_once', 'last_sent_setup', 'not_resumed', 'modalities_two'),
      top('active', 'just_set_up', 'setup_sent_twice', 'last_sent_setup'),
      top(
        'active',
        'just_set_up',
        'affective_dialog_unsupported',
        'first_audio_just_sent',
        'last_sent_audio',
        'model_3',
      ),
      top('active', 'just_set_up', 'translation_region_subtag', 'first_audio_just_sent', 'last_sent_audio'),
      top('before_setup_complete', 'at_once', 'last_sent_setup', 'empty_setup_fields', 'model_3'),
      top(
        'before_setup_complete',
        'at_once',
        'last_sent_setup',
        'compression_configured',
        'compression_empty',
        'empty_setup_fields',
      ),
    ]).toEqual([
      'early-close-invalid-argument-1007',
      'audio-text-invalid-argument-1007',
      'setup-twice-1007',
      'affective-dialog-deferred-1007',
      'translate-region-subtag-deferred-1007',
      'setup-empty-fields-1007',
      'compression-rejected',
    ]);
  });
});

describe('docs/closures.md', () => {
  test('is what the catalogue makes of it', async () => {
    const file = new URL('../../docs/closures.md', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(renderCatalogue());
  });

  test('has each id as a heading once, and leads nowhere else', () => {
    const page = renderCatalogue();
    const headings = [...page.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
    const targets = new Set([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id));
    expect([...headings].sort()).toEqual([...knownIds].sort());
    expect([...targets].filter((target) => ![...headings, 'by-code-and-text'].includes(target))).toEqual([]);
  });

  test('lists every entry with a text of its own, or any, in the table, which is sorted by code', () => {
    const rows = renderCatalogue()
      .split('## By code and text')[1]
      ?.split('\n## ')[0]
      ?.split('\n')
      .filter((line) => /^\| (?:\d|none)/.test(line));
    const codes = rows?.map((row) => Number(row.split(' ')[1]?.replace('none', '9999')));
    expect(codes).toEqual([...(codes ?? [])].sort((a, b) => a - b));
    const byText = catalogue.filter(({ wording }) => wording === undefined).map(({ id }) => id);
    expect(byText.filter((id) => !rows?.some((row) => row.includes(`(#${id})`)))).toEqual([]);
  });
});
