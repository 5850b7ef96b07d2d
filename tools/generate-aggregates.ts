// node tools/generate-aggregates.ts [--check]
//
// Writes deploy/aggregates/; with --check it only says which files differ from what the code makes.
import { aggregateFiles } from './aggregates/files.ts';
import { writeFolder } from './generated-files.ts';

await writeFolder({
  folder: 'deploy/aggregates/',
  files: aggregateFiles(),
  isMade: () => true,
  command: 'aggregates',
});
