import { renderGoals, renderMachine, renderSection } from './render.ts';
import type { Section } from './section.ts';

interface Chapter {
  readonly section: Section;
  /** That makes its figures. */
  readonly command: string;
}

/** `docs/performance.md`. */
export function renderDocument(chapters: readonly Chapter[]): string {
  return `# Performance

What \`live-otel\` costs an application, measured on the built package with the real \`@google/genai\` client. \`npm run bench\` runs all of it,
\`npm run bench -- --write\` also writes this page. Figures are medians, with the range or the confidence interval in brackets.

The machine of these figures: ${renderMachine()}; a virtual machine that did other work at the same time. Such a machine's absolute times vary
by a factor of two within minutes: whatever is compared took turns, and the ratios are what to look at.

${renderGoals(chapters.flatMap(({ section }) => section.goals))}

${chapters.map(({ section, command }) => renderSection(section, command)).join('\n\n')}
`;
}
