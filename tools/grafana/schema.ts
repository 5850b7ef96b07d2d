/** A file of dashboards/json as the pinned Grafana describes it: its own types of dashboards and of the panels used here. */

import type {
  AnnotationQuery,
  Dashboard,
  FieldConfig,
  FieldConfigSource,
  Panel,
  RowPanel,
  VariableModel,
} from '@grafana/schema';
import type * as barchart from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A file of dashboards/json without its panels. */
export type DashboardFile = Omit<Dashboard, 'panels' | 'annotations' | 'templating'> & {
  annotations: { list: (AnnotationQuery & OfPrometheus)[] };
  /** `definition` is what a query says in the list of variables. */
  templating: { list: (VariableModel & { definition?: string })[] };
};

/** What the data source Prometheus reads of an annotation. */
interface OfPrometheus {
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
}

/** By the type of the panel; one at a time. */
export interface PanelOfType {
  row?: RowPanel;
  barchart?: Of<barchart.Options, barchart.FieldConfig>;
  bargauge?: Of<bargauge.Options, object>;
  stat?: Of<stat.Options, object>;
  table?: Of<table.Options, table.FieldConfig>;
  timeseries?: Of<timeseries.Options, timeseries.FieldConfig>;
  traces?: Of<object, object>;
}

/** What is left out has the default of the panel's plugin. */
type Of<Options, Custom> = Omit<Panel, 'options' | 'fieldConfig' | 'links'> & {
  options?: Partial<Options>;
  fieldConfig?: Omit<FieldConfigSource, 'defaults'> & {
    defaults: Omit<FieldConfig, 'custom'> & { custom?: Partial<Custom> };
  };
  /** Grafana writes no more of the link of a panel, whatever its types say. */
  links?: { title: string; url: string; targetBlank: boolean }[];
};
