/** What a PromQL expression asks for, by the parser of Prometheus' own editor. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels that sums keep, and that binary operators match on. */
  readonly grouping: readonly string[];
}

/** @throws where the text is no PromQL */
export function parsePromQL(text: string): Expression {
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  const textOf = (node: SyntaxNode | null) => (node === null ? '' : text.slice(node.from, node.to));
  parser.parse(text).iterate({
    enter: ({ node, type, from }) => {
      if (type.isError) throw new Error(`No PromQL at character ${from}: ${text}`);
      if (type.name === 'VectorSelector') {
        const list = node.getChild('LabelMatchers');
        selectors.push({
          metric: textOf(node.getChild('Identifier')),
          matchers: (list?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => ({
            label: textOf(matcher.getChild('LabelName')),
            operator: textOf(matcher.getChild('MatchOp')),
            value: textOf(matcher.getChild('StringLiteral')).slice(1, -1),
          })),
        });
      }
      if (type.name === 'GroupingLabels') {
        for (const label of node.getChildren('LabelName')) grouping.push(textOf(label));
      }
    },
  });
  return { selectors, grouping };
}
