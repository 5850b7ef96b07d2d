import type { UserPartEnd } from '../conventions/vocabulary.ts';
import { counted, duration } from '../conventions/words.ts';
import { liveModel } from '../models/lookup.ts';
import type { Stall } from '../session/model.ts';
import { causeById } from './catalogue/catalogue.ts';
import type { Cause } from './cause.ts';
import type { Diagnosis, Rival } from './diagnosis.ts';

/** What is known of one stall: a cause where the catalogue has one, and otherwise none. */
interface Finding {
  /** An entry of the catalogue that fits. */
  readonly cause?: string;
  /** An entry that comes near, and what would tell. */
  readonly rivals?: readonly { readonly cause: string; readonly toTellApart: string }[];
  readonly confidence?: Diagnosis['confidence'];
  readonly explanation: string;
  readonly evidence: readonly string[];
  readonly against?: readonly string[];
  readonly remedy?: string;
  readonly retry: Diagnosis['retry'];
}

const startAnew =
  'Nothing shows that the session will go on; a new one, resumed where a handle is at hand, is quicker than waiting.';

/** Says why an open session is silent. Pure; never throws. */
export function diagnoseStall(stall: Stall): Diagnosis {
  const finding = find(stall);
  const cause = finding.cause === undefined ? undefined : causeById(finding.cause);
  const remedy = finding.remedy ?? cause?.remedy;
  return {
    ...(cause === undefined
      ? ({
          cause: 'unknown',
          category: 'unknown',
          hypothesis: 'not_established',
          confidence: 'none',
        } as const)
      : {
          cause: cause.id,
          category: cause.category,
          hypothesis: cause.hypothesis,
          confidence: finding.confidence ?? cause.confidence,
        }),
    explanation: finding.explanation,
    ...(remedy !== undefined && { remedy }),
    retry: finding.retry,
    evidence: finding.evidence,
    against: finding.against ?? [],
    context: [],
    rivals: (finding.rivals ?? []).flatMap(({ cause: id, toTellApart }) => {
      const rival = causeById(id);
      return rival === undefined ? [] : [rivalOf(rival, toTellApart)];
    }),
  };
}

function rivalOf({ id, hypothesis }: Cause, toTellApart: string): Rival {
  return { cause: id, hypothesis, toTellApart };
}

function find(stall: Stall): Finding {
  const lasted = duration(stall.foundAt - stall.since);
  switch (stall.kind) {
    case 'setup_unanswered':
      return setupUnanswered(stall, lasted);
    case 'tool_call_unanswered':
      return toolCallUnanswered(stall, lasted);
    case 'tool_response_unanswered':
      return toolResponseUnanswered(stall, lasted);
    case 'turn_unanswered':
      return turnUnanswered(stall, lasted);
    case 'interaction_unfinished':
      return interactionUnfinished(lasted);
    case 'line_silent':
      return lineSilent(lasted);
    case 'music_silent':
      return musicSilent(stall, lasted);
  }
}

function setupUnanswered({ setup }: Stall, lasted: string): Finding {
  const unusual = [
    ...(setup?.affectiveDialog === true ? ['Affective dialog was asked for.'] : []),
    ...(setup?.proactiveAudio === true ? ['Proactive audio was asked for.'] : []),
  ];
  return {
    cause: 'stall-no-setup-complete',
    explanation: `The setup was sent ${lasted} ago, and setupComplete has not come.`,
    evidence: [`No setupComplete for ${lasted} after the setup; the socket is open.`, ...unusual],
    retry: {
      when: 'later',
      why: 'A setup that is not answered at once is not answered later; end this one and try again after a pause.',
    },
  };
}

function toolCallUnanswered({ toolCall: call, earlierCall, foundAt }: Stall, lasted: string): Finding {
  if (call === undefined && earlierCall !== undefined) {
    const name = earlierCall.name || 'a call without a name';
    return {
      cause: 'stall-call-lost-in-reconnect',
      explanation: `Tool call ${name} was pending when the connection before ended and was never answered here; the model has said nothing for ${lasted}.`,
      evidence: [
        `Tool call ${name} of the connection before has had no response on this one for ${lasted}.`,
        'The session was opened with a resumption handle.',
      ],
      against: ['The handle may lead to a state from before the call; then the model waits for nothing.'],
      retry: { when: 'no', why: 'The session is intact: give it the result, as a response or as text.' },
    };
  }
  const name = call?.name || 'a call without a name';
  const input = call?.inputWhilePending.frames ?? 0;
  return {
    cause: 'stall-unanswered-tool-call',
    explanation: `Tool call ${name} has had no response for ${lasted}; the model waits for it and says nothing.`,
    evidence: [
      `Tool call ${name} came ${duration(foundAt - (call?.receivedAt ?? foundAt))} ago and was neither answered nor cancelled.`,
      ...(call?.declared === false ? [`No function of the name ${name} was declared in the setup.`] : []),
      ...(call?.inParts === true
        ? [
            'It came in the parts of modelTurn alone, where an application that reads toolCall does not find it.',
          ]
        : []),
      ...(input > 0 ? [`${counted(input, 'realtime input frame')} sent since.`] : []),
    ],
    retry: {
      when: 'no',
      why: 'The session is intact: answer the call, with an error where the tool failed.',
    },
  };
}

function toolResponseUnanswered({ toolResponse, setup, foundAt }: Stall, lasted: string): Finding {
  const explanation = `The model has said nothing for ${lasted} after the tool response.`;
  const anything = toolResponse?.acknowledgedAt;
  const evidence = [
    toolResponse === undefined
      ? explanation
      : `The tool response was sent ${duration(foundAt - toolResponse.sentAt)} ago (${counted(toolResponse.bytes, 'byte')}).`,
    anything === undefined
      ? 'No frame of the service came after it.'
      : 'The service sent frames after it, none of them output of the model.',
  ];
  const known = 'stall-3x-blocking-after-tool-response';
  const model = setup?.model === undefined ? undefined : liveModel(setup.model);
  return model?.family?.generation === 3.1
    ? {
        cause: known,
        explanation,
        evidence: [...evidence, `The model is ${model.name}.`],
        retry: { when: 'no', why: 'The session is intact: a realtime text sets the model going.' },
      }
    : {
        explanation,
        evidence,
        rivals: [{ cause: known, toTellApart: 'It is known of the 3.1 models.' }],
        remedy: 'Send a realtime text to set the model going; where that changes nothing, start again.',
        retry: { when: 'fresh_session', why: startAnew },
      };
}

const endOfPart: Readonly<Record<UserPartEnd, string>> = {
  activity_end: 'an activity of the user ended',
  audio_stream_end: 'audioStreamEnd was sent',
  server_vad: 'the service heard the end of speech',
  input_transcription: 'the last of what the user said was transcribed',
  interruption: 'the user interrupted the model',
  client_content: 'client content ended a turn',
  text: 'text was sent',
};

function turnUnanswered({ trigger, resumed, silentAudio, setup }: Stall, lasted: string): Finding {
  const ended = trigger === undefined ? "the user's part ended" : endOfPart[trigger];
  const evidence = [`No output for ${lasted} after ${ended}.`];
  if (silentAudio === true) return silentAudioOnly(setup, lasted, evidence);
  const explanation = `The user's part ended ${lasted} ago, and the model has said nothing since.`;
  const known = 'stall-post-resume-no-generation';
  return resumed
    ? {
        cause: known,
        explanation,
        evidence: [...evidence, 'The session was opened with a resumption handle.'],
        retry: {
          when: 'fresh_session',
          why: 'What is restored from the handle may be what keeps the model silent; leave it out.',
        },
      }
    : {
        cause: 'stall-no-generation',
        explanation,
        evidence: [
          ...evidence,
          ...(setup?.model === undefined ? [] : [`The model is ${liveModel(setup.model).name}.`]),
        ],
        rivals: [{ cause: known, toTellApart: 'It is known of sessions that resume another one.' }],
        retry: { when: 'now', why: startAnew },
      };
}

function silentAudioOnly(setup: Stall['setup'], lasted: string, evidence: readonly string[]): Finding {
  const explanation = `The user's part ended ${lasted} ago, and the model has sent nothing since but audio of zeros.`;
  const all = [...evidence, 'All audio of the model since was zeros.'];
  const translates = setup?.model !== undefined && liveModel(setup.model).family?.kind === 'translation';
  const known = 'stall-silent-audio';
  if (translates && setup.translationTargetLanguage === undefined) {
    const said = 'The setup names no target language for the translation.';
    return {
      cause: known,
      explanation,
      evidence: [...all, said],
      retry: { when: 'no', why: 'The next session would be as silent until the setup is changed.' },
    };
  }
  return {
    explanation,
    evidence: all,
    rivals: [{ cause: known, toTellApart: 'It is known of translations without a target language.' }],
    remedy: 'Start again; where it comes back, report it to Google with the times.',
    retry: { when: 'fresh_session', why: startAnew },
  };
}

function interactionUnfinished(lasted: string): Finding {
  return {
    cause: 'stall-interaction-in-progress',
    explanation: `The service called the interaction in progress ${lasted} ago, and nothing has come since.`,
    evidence: [`The last interactionStatus was IN_PROGRESS, and nothing of the model came for ${lasted}.`],
    retry: { when: 'fresh_session', why: startAnew },
  };
}

function lineSilent(lasted: string): Finding {
  return {
    cause: 'idle-zombie-no-close',
    confidence: 'low',
    explanation: `The service has sent nothing for ${lasted} while the application sent audio; the line may be dead.`,
    evidence: [`No byte of the service for ${lasted}, with audio sent all the time.`],
    against: ['A user who says nothing looks the same: the service does not answer silence.'],
    remedy:
      'Send a WebSocket ping, or a short text. Where nothing comes back, end the connection and resume it.',
    retry: {
      when: 'now',
      why: 'A dead line does not come back; where the ping is answered, nothing has to be done.',
    },
  };
}

function musicSilent({ music }: Stall, lasted: string): Finding {
  const { prompts = 0, filteredPrompts = 0, chunks = 0, audioMs = 0 } = music ?? {};
  const allFiltered = prompts > 0 && filteredPrompts >= prompts;
  return {
    cause: 'stall-music-silent',
    ...(allFiltered && { confidence: 'medium' }),
    explanation:
      chunks === 0
        ? `The music was told to play ${lasted} ago, and none has come.`
        : `Music plays, and all that came has been heard for ${lasted}.`,
    evidence: [
      `${counted(chunks, 'chunk')} of audio came, ${duration(audioMs)} of music.`,
      ...(prompts === 0 ? ['No prompts were set.'] : []),
      ...(filteredPrompts > 0 ? [`The service filtered ${counted(filteredPrompts, 'prompt')}.`] : []),
    ],
    retry:
      prompts === 0 || allFiltered
        ? {
            when: 'no',
            why: 'The next session would be as silent until it has a prompt that the service takes.',
          }
        : { when: 'now', why: 'Nothing shows that it will go on; a new session is quicker than waiting.' },
  };
}
