// Opens a file with Gephi's own importer: fails on any warning, tells what it found, draws a picture where asked.
// java -cp gephi-toolkit-all.jar GephiCheck.java FILE [PICTURE.png]

import java.awt.Color;
import java.awt.Dimension;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gephi.graph.api.DirectedGraph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.PNGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeDirectionDefault;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewModel;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class GephiCheck {
  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController imports = Lookup.getDefault().lookup(ImportController.class);
    Container container = imports.importFile(new File(arguments[0]));
    container.getLoader().setEdgeDefault(EdgeDirectionDefault.DIRECTED);
    container.getLoader().setAllowAutoNode(false);
    int issues = 0;
    java.util.Iterator<Issue> all = container.getReport().getIssues(Integer.MAX_VALUE);
    while (all.hasNext()) {
      Issue issue = all.next();
      if (issue.getLevel() == Issue.Level.INFO) continue;
      System.out.println("issue: " + issue.getLevel() + " " + issue.getMessage());
      ++issues;
    }
    imports.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    DirectedGraph graph = model.getDirectedGraph();
    System.out.println("nodes: " + graph.getNodeCount());
    System.out.println("edges: " + graph.getEdgeCount());
    System.out.println("edge types: " + model.getEdgeTypeLabels(false).length);
    System.out.println("node columns: " + model.getNodeTable().countColumns());
    System.out.println("dynamic: " + model.isDynamic());
    int coloured = 0;
    int named = 0;
    int placed = 0;
    for (org.gephi.graph.api.Node node : graph.getNodes()) {
      if (!node.getColor().equals(Color.BLACK)) ++coloured;
      if (node.getLabel() != null && !node.getLabel().isEmpty()) ++named;
      if (node.x() != 0 || node.y() != 0) ++placed;
    }
    System.out.println("coloured: " + coloured);
    System.out.println("named: " + named);
    System.out.println("placed: " + placed);
    if (arguments.length > 1) {
      keepLabels(graph, 30);
      draw(workspace, arguments[1], extent(graph));
    }
    System.exit(issues == 0 ? 0 : 1);
  }

  // A picture has room for the names of the largest nodes only.
  private static void keepLabels(DirectedGraph graph, int count) {
    java.util.List<org.gephi.graph.api.Node> nodes = new java.util.ArrayList<>(graph.getNodes().toCollection());
    nodes.sort((a, b) -> a.size() != b.size() ? Float.compare(b.size(), a.size())
        : a.getId().toString().compareTo(b.getId().toString()));
    for (int i = count; i < nodes.size(); ++i) nodes.get(i).setLabel("");
  }

  private static float extent(DirectedGraph graph) {
    float extent = 100;
    for (org.gephi.graph.api.Node node : graph.getNodes()) {
      extent = Math.max(extent, Math.max(Math.abs(node.x()), Math.abs(node.y())));
    }
    return extent;
  }

  private static void draw(Workspace workspace, String path, float extent) throws Exception {
    PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
    PreviewModel model = preview.getModel(workspace);
    model.getProperties().putValue(PreviewProperty.SHOW_NODE_LABELS, Boolean.TRUE);
    model.getProperties().putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, Boolean.FALSE);
    model.getProperties().putValue(
        PreviewProperty.NODE_LABEL_FONT,
        new java.awt.Font("SansSerif", java.awt.Font.PLAIN, Math.max(6, Math.round(extent / 32))));
    model.getProperties().putValue(PreviewProperty.NODE_LABEL_MAX_CHAR, 28);
    model.getProperties().putValue(PreviewProperty.NODE_LABEL_SHORTEN, Boolean.TRUE);
    model.getProperties().putValue(PreviewProperty.NODE_BORDER_WIDTH, 0.5f);
    model.getProperties().putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(new Color(0x909090)));
    model.getProperties().putValue(PreviewProperty.EDGE_CURVED, Boolean.FALSE);
    model.getProperties().putValue(PreviewProperty.EDGE_THICKNESS, extent / 700);
    model.getProperties().putValue(PreviewProperty.ARROW_SIZE, 2.0f);
    model.getProperties().putValue(PreviewProperty.BACKGROUND_COLOR, Color.WHITE);
    preview.refreshPreview(workspace);
    PNGExporter png = new PNGExporter();
    png.setWorkspace(workspace);
    png.setWidth(1100);
    png.setHeight(800);
    png.setMargin(4);
    ExportController exports = Lookup.getDefault().lookup(ExportController.class);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    exports.exportStream(bytes, png);
    Files.write(Path.of(path), bytes.toByteArray());
  }
}
