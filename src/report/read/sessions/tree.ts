/** Spans below each other, by their parents' ids. Pure. */

export interface TreeNode {
  /** `''` where it is no parent of anything. */
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface TreeRow<Node> {
  readonly node: Node;
  /** 0 for those whose parent is not among the nodes. */
  readonly depth: number;
}

/** Parents before children, children in the order they began. Nodes that are each other's parents come last. */
export function treeRows<Node extends TreeNode>(nodes: readonly Node[]): readonly TreeRow<Node>[] {
  const known = new Set(nodes.map(({ spanId }) => spanId).filter((id) => id !== ''));
  const children = new Map<string, Node[]>();
  for (const node of nodes) {
    const parent = node.parentSpanId !== undefined && known.has(node.parentSpanId) ? node.parentSpanId : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  const rows: TreeRow<Node>[] = [];
  const seen = new Set<Node>();
  const visit = (list: readonly Node[], depth: number) => {
    for (const node of list.toSorted((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt)) {
      if (seen.has(node)) continue;
      seen.add(node);
      rows.push({ node, depth });
      if (node.spanId !== '') visit(children.get(node.spanId) ?? [], depth + 1);
    }
  };
  visit(children.get('') ?? [], 0);
  visit(nodes, 0);
  return rows;
}
