/**
 * npm run dashboards:schema
 *
 * Holds dashboards/json to the types of the pinned Grafana (`@grafana/schema`): fields, options and their values. Installs
 * tools/grafana, about 450 MB, where it is not there yet.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { grafanaPackage, installGrafana } from './dashboards/grafana-package.ts';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'dashboards/json');

interface File {
  readonly panels: readonly { readonly type: string; readonly title: string }[];
}

await installGrafana((line) => console.log(line));
const ajv = new Ajv({ strict: false, allErrors: true });
const ofDashboard = validatorOf('DashboardFile');
const ofPanels = validatorOf('PanelOfType');
for (const name of (await readdir(folder)).filter((each) => each.endsWith('.json'))) {
  const { panels, ...dashboard }: File = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  const problems = [
    ...problemsOf(ofDashboard, dashboard, name),
    ...panels.flatMap((panel) => problemsOf(ofPanels, { [panel.type]: panel }, `${name}, ${panel.title}`)),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${name}: ${panels.length} panels are as Grafana's types have them.`);
}

function validatorOf(type: string): ValidateFunction {
  const schema = createGenerator({
    path: path.join(grafanaPackage, 'schema.ts'),
    tsconfig: path.join(grafanaPackage, 'tsconfig.json'),
    type,
    skipTypeCheck: true,
    expose: 'none',
    topRef: false,
    additionalProperties: false,
  }).createSchema(type);
  return ajv.compile(schema as SchemaObject);
}

function problemsOf(validate: ValidateFunction, value: unknown, where: string): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${where}: ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
