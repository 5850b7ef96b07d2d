// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of OpenSearch from the jars of Maven Central, which hold neither its scripts nor its plugins' folders.
 *
 * <p>{@code java -cp 'jars/*' OpenSearchNode.java DIRECTORY HTTP_PORT TRANSPORT_PORT}
 */
final class OpenSearchNode extends Node {
  private OpenSearchNode(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "live-otel"),
        List.of(Netty4Plugin.class),
        false);
  }

  public static void main(String[] args) throws Exception {
    Node node =
        new OpenSearchNode(
            Settings.builder()
                .put("path.home", args[0])
                .put("cluster.name", "live-otel")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.type", "netty4")
                .put("http.port", args[1])
                .put("transport.type", "netty4")
                .put("transport.port", args[2])
                // A developer's disk is often fuller than it allows.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
