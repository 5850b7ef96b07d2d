/** `live-otel models`. */
import { Argument, Command, Option } from 'commander';
import { createPen, detectStyle } from '../report/render/text/style.ts';
import { modelFacts } from './models/facts.ts';
import { renderModel, renderModels } from './models/render.ts';

export function modelsCommand(): Command {
  return new Command('models')
    .description(
      'What is known of the Live models: which are retired, what replaces them, and what each takes. With the name of a model, all that is known of it, with sources.',
    )
    .addArgument(
      new Argument(
        '[name]',
        'a model, with or without path; one that is not in the table is compared with those that are',
      ),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(print);
}

function print(name: string | undefined, { format }: { readonly format: 'text' | 'json' }): void {
  const models = modelFacts(name);
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify({ version: 1, models }, undefined, 2)}\n`);
    return;
  }
  const pen = createPen(detectStyle(process.stdout, process.env));
  process.stdout.write(name === undefined ? renderModels(models, pen) : renderModel(models, pen));
}
