import { isObject } from './fields.ts';

const maximumPaths = 16;
const maximumLevels = 12;

/** Objects whose keys are the user's own words. */
const userNamed: ReadonlySet<string> = new Set(['properties', 'labels', '$defs', 'defs', 'definitions']);

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function pathTo(path: string, name: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`;
  const step = userNamed.has(name) ? '*' : key;
  return path === '' ? step : `${path}.${step}`;
}

/**
 * Paths of the empty arrays and objects in a setup, spelled as in the frame: `tools`,
 * `generationConfig.responseModalities`, `tools[0].functionDeclarations[1].parameters.required`. Names that the user
 * gave become `*`. Some services close the connection over an empty field that others take.
 */
export function emptyFieldsOf(setup: object): readonly string[] {
  const paths = new Set<string>();
  const visit = (value: object, path: string, name: string, level: number): void => {
    const isArray = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) {
      if (paths.size >= maximumPaths) return;
      if (!isContainer(inner)) continue;
      const innerPath = pathTo(path, name, key, isArray);
      const isNameOfUser = !isArray && userNamed.has(name);
      if (isObject(inner) ? Object.keys(inner).length === 0 : Array.isArray(inner) && inner.length === 0) {
        paths.add(innerPath);
      } else if (level < maximumLevels) {
        visit(inner, innerPath, isNameOfUser || isArray ? '' : key, level + 1);
      }
    }
  };
  visit(setup, '', '', 1);
  return [...paths];
}
