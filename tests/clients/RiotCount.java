// Counts the statements of RDF files as Apache Jena reads them.
// java -cp JENA_CLASSPATH RiotCount.java FILE...

import org.apache.jena.query.Dataset;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;

public class RiotCount {
  public static void main(String[] files) {
    for (String file : files) {
      Dataset dataset = RDFDataMgr.loadDataset(file);
      DatasetGraph graph = dataset.asDatasetGraph();
      System.out.println(graph.stream().count());
    }
  }
}
