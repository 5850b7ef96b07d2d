import {
  AliasType,
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  DefinitionType,
  type Schema,
  SchemaGenerator,
  type SubNodeParser,
  UnknownType,
} from 'ts-json-schema-generator';
import { attributes } from '../../src/conventions/attributes.ts';

const config: CompletedConfig = {
  ...DEFAULT_CONFIG,
  path: 'src/report/report.ts',
  tsconfig: 'tsconfig.json',
  type: 'Report',
  skipTypeCheck: true,
  // A later version may add fields: readers have to ignore what they do not know.
  additionalProperties: true,
  topRef: false,
  jsDoc: 'extended',
  sortProps: false,
};

/** `docs/report.schema.json`: what `live-otel report --format json` prints. */
export function renderReportSchema(): string {
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => chain.addNodeParser(attributesParser));
  const schema = new SchemaGenerator(program, parser, createFormatter(config), config).createSchema('Report');
  const whole = {
    ...schema,
    title: 'What live-otel report --format json prints',
    definitions: { ...schema.definitions, LiveAttributes: attributesSchema() },
  };
  return `${JSON.stringify(whole)}\n`;
}

/** The type of attributes is computed from their table: the schema is made from that as well. */
const attributesParser: SubNodeParser = {
  supportsNode: (node) => 'type' in node && 'name' in node && nameOf(node.name) === 'LiveAttributes',
  createType: () =>
    new DefinitionType('LiveAttributes', new AliasType('LiveAttributes', new UnknownType(true))),
};

function nameOf(identifier: unknown): unknown {
  return typeof identifier === 'object' && identifier !== null && 'text' in identifier && identifier.text;
}

function attributesSchema(): Schema {
  const properties = Object.entries(attributes).map(([name, { type, brief }]) => [
    name,
    { ...valueSchema(type), description: brief },
  ]);
  return {
    type: 'object',
    description: 'Attributes of a span, under the names of docs/telemetry.md.',
    properties: Object.fromEntries(properties),
  };
}

function valueSchema(type: string): Schema {
  if (type.endsWith('[]')) return { type: 'array', items: valueSchema(type.slice(0, -2)) };
  if (type === 'string' || type === 'boolean') return { type };
  return { type: 'number' };
}
