import { liveModel } from './lookup.ts';
import type { LiveModel } from './model.ts';

export const setupProblemKinds = [
  'model_retired',
  'modality',
  'affective_dialog',
  'proactivity',
  'thinking_level',
  'behavior',
] as const;

/** Something in a setup that, by the table of models, the service refuses or the model does not have. */
export interface SetupProblem {
  readonly kind: (typeof setupProblemKinds)[number];
  /** What is wrong, as a sentence that names model and setting. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What is looked at of a setup. */
export interface CheckedSetup {
  readonly model?: string;
  readonly responseModalities: readonly string[];
  readonly affectiveDialog: boolean;
  /** The field was given, on or off. */
  readonly proactivity: boolean;
  readonly thinking: boolean;
  readonly thinkingLevel?: string;
  readonly blockingFunctionNames: readonly string[];
  readonly nonBlockingFunctionNames: readonly string[];
}

/** What the table of models has against a setup. Says nothing of models that are not in the table. */
export function setupProblems(setup: CheckedSetup): readonly SetupProblem[] {
  if (setup.model === undefined) return [];
  const model = liveModel(setup.model);
  if (model.entry === undefined || model.family === undefined) return [];
  return [
    ...retired(model),
    ...modality(model, setup),
    ...affectiveDialog(model, setup),
    ...proactivity(model, setup),
    ...thinkingLevel(model, setup),
    ...behavior(model, setup),
  ];
}

function retired({ name, entry }: LiveModel): readonly SetupProblem[] {
  if (entry?.status !== 'retired') return [];
  const on = entry.retiredOn === undefined ? '' : ` on ${entry.retiredOn}`;
  return [
    {
      kind: 'model_retired',
      message: `The model ${name} was retired${on}.`,
      remedy:
        entry.replacedBy === undefined ? 'Use a current Live model.' : `Use ${entry.replacedBy} instead.`,
    },
  ];
}

function modality({ name, family }: LiveModel, setup: CheckedSetup): readonly SetupProblem[] {
  const { responseModalities } = setup;
  const refused = responseModalities.find(
    (asked) => (asked === 'TEXT' || asked === 'AUDIO') && family?.outputs.includes(asked) === false,
  );
  if (refused === undefined || family === undefined) return [];
  const [only] = family.outputs;
  return [
    {
      kind: 'modality',
      message: `The model ${name} has no ${refused} output, only ${family.outputs.join(' and ')}.`,
      remedy:
        only === 'AUDIO'
          ? 'Set responseModalities to AUDIO, and take the text from outputAudioTranscription.'
          : 'Set responseModalities to TEXT.',
    },
  ];
}

function affectiveDialog({ name, family }: LiveModel, setup: CheckedSetup): readonly SetupProblem[] {
  if (!setup.affectiveDialog || family?.affectiveDialog !== false) return [];
  return [
    {
      kind: 'affective_dialog',
      message: `The setup enables affective dialog, which the model ${name} does not have.`,
      remedy: 'Take enableAffectiveDialog out of the setup.',
    },
  ];
}

function proactivity({ name, family }: LiveModel, setup: CheckedSetup): readonly SetupProblem[] {
  const mode = family?.proactiveAudio;
  if (!setup.proactivity || (mode !== 'always' && mode !== 'none')) return [];
  return [
    {
      kind: 'proactivity',
      message:
        mode === 'always'
          ? `The setup has the field proactivity, which the model ${name} refuses: it is always proactive.`
          : `The setup has the field proactivity, and the model ${name} has no proactive audio.`,
      remedy: 'Take proactivity out of the setup.',
    },
  ];
}

function thinkingLevel({ name, family }: LiveModel, setup: CheckedSetup): readonly SetupProblem[] {
  const level = setup.thinkingLevel;
  switch (family?.thinkingLevel) {
    case 'refused':
      return setup.thinking
        ? [
            {
              kind: 'thinking_level',
              message: `The setup has a thinkingConfig, and the model ${name} takes no thinking level.`,
              remedy: 'Take thinkingConfig out of the setup.',
            },
          ]
        : [];
    case 'required': {
      const levels = family.thinkingLevels ?? [];
      if (level !== undefined && (levels.length === 0 || levels.includes(level))) return [];
      return [
        {
          kind: 'thinking_level',
          message:
            level === undefined
              ? `The model ${name} needs a thinking level, and the setup gives none.`
              : `The model ${name} does not take the thinking level ${level.slice(0, 32)}.`,
          remedy: `Set thinkingConfig.thinkingLevel to ${levels.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`,
        },
      ];
    }
    default:
      return [];
  }
}

function behavior({ name, family }: LiveModel, setup: CheckedSetup): readonly SetupProblem[] {
  const taken = family?.behaviors;
  if (taken === undefined) return [];
  const declared = [
    ...(setup.blockingFunctionNames.length > 0 ? (['BLOCKING'] as const) : []),
    ...(setup.nonBlockingFunctionNames.length > 0 ? (['NON_BLOCKING'] as const) : []),
  ];
  const refused = declared.find((each) => !taken.includes(each));
  if (refused === undefined) return [];
  return [
    {
      kind: 'behavior',
      message: `The setup declares functions ${refused}, which the model ${name} does not take.`,
      remedy: `Leave behavior out of the function declarations, or set it to ${taken.join(' or ')}.`,
    },
  ];
}
