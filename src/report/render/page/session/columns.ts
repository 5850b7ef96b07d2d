/** Of the table of sessions: heads where there is room for a table, labels where its rows are stacked. */
export const sessionColumns = [
  'Session',
  'Began',
  'Lasted',
  'End',
  'Put down to',
  'Turns',
  'Tool calls',
] as const;
