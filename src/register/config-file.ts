/** The reader of `OTEL_CONFIG_FILE`, a chunk of its own: most processes have no such file. */
export {
  mergeHeadersConfig,
  mergePropagatorCompositeConfig,
  mergeResourceAttributesConfig,
  parseConfigFile,
} from '@opentelemetry/configuration';
