// node tools/generate-dashboards.ts [--check]
//
// Writes dashboards/json; with --check it only says which files differ from what the code makes.
import { dashboardFiles } from '../dashboards/json.ts';
import { writeFolder } from './generated-files.ts';

await writeFolder({
  folder: 'dashboards/json/',
  files: dashboardFiles(),
  isMade: (name) => name.endsWith('.json'),
  command: 'dashboards',
});
