/** Models as text. Pure. */
import { wrap } from '../../report/render/text/cells.ts';
import type { Pen } from '../../report/render/text/style.ts';
import { type Column, table } from '../../report/render/text/table.ts';
import type { ModelFacts } from './facts.ts';

const columns: readonly Column<ModelFacts>[] = [
  { title: 'model', value: ({ name }) => name },
  { title: 'status', value: status },
  { title: 'output', value: ({ family }) => family?.outputs.join(', ') ?? '' },
  { title: 'functions', tight: 'left_out', value: ({ family }) => family?.defaultBehavior ?? '' },
  { title: 'proactive', tight: 'left_out', value: ({ family }) => family?.proactiveAudio ?? '' },
  { title: 'thinking level', tight: 'left_out', value: ({ family }) => family?.thinkingLevel ?? '' },
];

/** One line for each model. */
export function renderModels(models: readonly ModelFacts[], pen: Pen): string {
  const { head, lines } = table(columns, models, pen);
  const replaced = models.flatMap(({ name, status: known, replacedBy }) =>
    replacedBy === undefined || known === 'preview' ? [] : wrap(`${name}: use ${replacedBy}`, pen.columns),
  );
  const more = wrap('live-otel models NAME prints all that is known of one, with sources.', pen.columns);
  return `${[head, ...lines, '', pen.paint.bold('In the place of those that are gone'), ...replaced, '', ...more].map(pen.finish).join('\n')}\n`;
}

/** Everything that is known of a model. */
export function renderModel(models: readonly ModelFacts[], pen: Pen): string {
  const lines = models.flatMap((model) => [
    pen.paint.bold(model.name),
    ...(model.status === 'unknown' ? wrap(unknown(model), pen.columns) : []),
    ...rows(model).map(([name, value]) => `   ${name.padEnd(label)}${value}`),
    '   sources',
    ...model.sources.map((source) => `      ${source}`),
  ]);
  return `${lines.map(pen.finish).join('\n')}\n`;
}

const label = 30;

function rows(model: ModelFacts): readonly (readonly [string, string])[] {
  const { family } = model;
  const known: readonly (readonly [string, unknown])[] = [
    ['status', model.status === 'unknown' ? undefined : status(model)],
    ['replaced by', model.replacedBy],
    ['API', model.apis.length === 0 ? undefined : model.apis.join(', ')],
    ['family', family?.id],
    ['output', family?.outputs.join(', ')],
    ['functions by default', family?.defaultBehavior],
    ['functions may be', family?.behaviors?.join(', ')],
    ['scheduling of responses', family?.scheduling],
    ['proactive audio', family?.proactiveAudio],
    ['affective dialog', family?.affectiveDialog],
    ['thinking level', family?.thinkingLevel],
    ['thinking levels', family?.thinkingLevels?.join(', ')],
    ['clientContent', family?.clientContent],
    ['input transcription', family?.inputTranscription],
    ['audioStreamEnd ends the turn', family?.audioStreamEndEndsTurn],
    ['a tool call ends the turn', family?.callEndsTurn],
    ['turn coverage by default', family?.turnCoverage],
    ['context window', family && `${family.contextWindow.toLocaleString('en')} tokens`],
  ];
  return known.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value === true ? 'yes' : value === false ? 'no' : String(value)]],
  );
}

function status({ status: known, retiredOn }: ModelFacts): string {
  return retiredOn === undefined ? known : `${known} ${retiredOn}`;
}

function unknown({ family }: ModelFacts): string {
  return family === undefined
    ? 'The table does not have this name, and it is like none that it has.'
    : 'The table does not have this name. What follows is of the family that it most likely belongs to.';
}
