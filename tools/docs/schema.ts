/** `docs/schema/…`: every rename of attributes and metrics, for backends that translate older telemetry. */
import { stringify } from 'yaml';
import { renamedAttributes, renamedMetrics } from '../../src/conventions/renames.ts';
import { schemaUrl, schemaVersion } from '../../src/conventions/schema.ts';

/** https://opentelemetry.io/docs/specs/otel/schemas/file_format_v1.1.0/ */
export function renderSchema(): string {
  const file = {
    file_format: '1.1.0',
    schema_url: schemaUrl,
    versions: {
      [schemaVersion]: {
        all: { changes: [{ rename_attributes: { attribute_map: Object.fromEntries(renamedAttributes) } }] },
        metrics: { changes: [{ rename_metrics: Object.fromEntries(renamedMetrics) }] },
      },
      '0.1.0': {},
    },
  };
  return `# Made by tools/generate-docs.ts from src/conventions/renames.ts. Do not edit.\n${stringify(file)}`;
}
