/** What the verdicts are decided by: every limit of the scorecard. docs/method.md says why. */
export const limits = {
  /** Chance of one wrong "supported" or more in a scorecard. */
  level: 0.05,
  /** Tests of a scorecard, about. */
  tests: 15,
  /** A hypothesis is refuted where it accounts for less than this share of the unexpected ends. */
  material: 0.1,
  /** One is supported only where it accounts for at least this share of them, by the best estimate. */
  least: 0.05,
  /**
   * The lower end of the interval of a ratio that goes with the load has to be above this. Young sessions end more
   * often than old ones and are many where many connect; what the ages let expect is known only roughly.
   */
  leastOfLoad: 1.5,
  /** The same of the size of the context, which grows with age. */
  context: 2,
  /**
   * The share of all unexpected ends that wrong diagnoses may put down to a hypothesis: where the end itself shows the
   * cause, and where it was inferred.
   */
  tolerated: { proven: 0.05, inferred: 0.15 },
  /** Seconds after a tool response within which an end is looked for. */
  windows: [2, 10, 30],
  /** The same after a session was opened. */
  windowsOfOpening: [2, 10, 30, 60],
  /** Half octaves of bytes of all tool responses of a connection: from 16 to 512 KB. */
  sums: [28, 30, 32, 34, 36, 38],
  /** Tool calls pending at once. */
  calls: [2, 3, 4],
  /** The same after something was used that others use as well. */
  windowsOfUse: [10, 30],
  /** Of what uses something and no end followed no more are compared, or so many for each end. */
  others: { least: 4_000, perEnd: 10 },
  /** Seconds before a response from which on a silence is one after it. */
  hangs: 1,
  /** Half octaves of bytes: from 512 B to 256 KB. */
  sizes: [18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36],
  /** Half octaves of bytes: where all tool responses are below 4 KB, nobody takes their size for the reason. */
  large: 24,
  /** Connects within a minute, and sessions open at once, of a process and of all: fewer are no load. */
  load: [5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 96, 128, 192, 256, 384, 512, 768, 1_024],
  /** Half octaves of tokens: from 8,192 to 1,048,576. */
  tokens: [26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40],
  /** Ends that have to meet the exposed before anything is supported: two may be one misfortune. */
  exposedEnds: 3,
  /** With fewer ends in either group the interval is that of the profile, unless there are more rows than these. */
  fewEnds: 8,
  profiledRows: 1_000,
  /** Where fewer exposed ends are expected, p is at least that of the Poisson tail. */
  fewExpected: 5,
  /**
   * Standard deviation, in log odds, of what "accounts for" is off besides chance, as a cause works otherwise than what is
   * compared: `eval/model-error.ts` takes it from families of populations.
   */
  modelError: 0.2,
  /** Thresholds and windows that are less likely than the best by so much, twice the logarithm, are left out of the share. */
  unlikely: 8,
  /** That a cause goes on to work after the window that tells it best, before anything was seen. */
  late: 0.25,
  /** What has less than this part of all weight makes no difference. */
  leastWeight: 0.01,
  /** p of an exposure that takes part in the share, once another of the same hypothesis is shown. */
  takesPart: 0.05,
  /** p of an exposure that takes ends from "internal error": surely, and at most. */
  likely: 0.01,
  possible: 0.3,
  /** p from which on an end at a full context, or soon after a response, is put down to that and to nothing else. */
  sure: 1e-3,
  /** So many times as much is plainly more. */
  clear: 3,
  /** Such a part is hardly anything. */
  hardly: 0.1,
  /** Levels of a confounder that get a column of their own; rarer ones share one. */
  levels: 40,
  /** Minutes that are one occasion: for what all processes do, and for sessions opened near each other. */
  stretch: 15,
  moment: 2,
  /** Seconds after an unexpected end within which who was thrown out connects again. */
  again: 10,
  /** A conversation of so many sessions is one occasion, whenever they were. */
  comesBack: 5,
  /** A dense stretch of ends is one occasion: p, and ends in it. */
  outage: { p: 0.001, ends: 5 },
  /** That a hypothesis is right, to that it is not, before the evidence, which is corrected for the looks: as likely as not. */
  odds: 1,
  /** Chance of a verdict that "N more sessions" promises. */
  chance: 0.8,
  /** More sessions than these, or than so many times those that there are, are more than is practical. */
  practical: { sessions: 50_000, growth: 30 },
} as const;
