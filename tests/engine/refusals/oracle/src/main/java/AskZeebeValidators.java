import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.traversal.ModelWalker;
import io.camunda.zeebe.model.bpmn.validation.ValidationVisitor;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * Reads {"name": …, "xml": …} a line and prints what verdicts.json keeps: for each name the fingerprint of the XML, and the
 * validators' faults. No faults is a diagram they accept.
 */
public class AskZeebeValidators {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORIGIN = "io.camunda:zeebe-bpmn-model 8.5.0 (Apache-2.0), ZeebeDesignTimeValidators, asked on %s by oracle/";

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf("{\n\"origin\": %s,\n\"verdicts\": {", JSON.writeValueAsString(ORIGIN.formatted(LocalDate.now())));
    String separator = "\n";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode asked = JSON.readTree(line);
      byte[] xml = asked.get("xml").asText().getBytes(StandardCharsets.UTF_8);
      out.printf("%s%s: {\"xml\": \"%s\", \"faults\": %s}", separator, asked.get("name"), fingerprint(xml), JSON.writeValueAsString(faults(xml)));
      separator = ",\n";
    }
    out.print("\n}\n}\n");
  }

  /** What cannot be read is refused too: broken XML, and XML that is not BPMN by its schema. */
  private static List<String> faults(byte[] xml) {
    List<String> faults = new ArrayList<>();
    try {
      var model = Bpmn.readModelFromStream(new ByteArrayInputStream(xml));
      var visitor = new ValidationVisitor(ZeebeDesignTimeValidators.VALIDATORS);
      new ModelWalker(model).walk(visitor);
      visitor.getValidationResult().getResults().forEach((element, results) ->
          results.forEach(result -> faults.add(placeOf(element) + ": " + result.getMessage())));
    } catch (RuntimeException unreadable) {
      faults.add("unreadable: " + lastReason(unreadable));
    }
    faults.sort(null);
    return faults;
  }

  /** Its own id, or that of the nearest element around it that has one; then what kind of element is at fault. */
  private static String placeOf(ModelElementInstance element) {
    ModelElementInstance at = element;
    while (at.getAttributeValue("id") == null && at.getParentElement() != null) at = at.getParentElement();
    return at.getAttributeValue("id") + " > " + element.getElementType().getTypeName();
  }

  private static String lastReason(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) at = at.getCause();
    return at.getMessage().replaceAll("^Error: URI=null |(?s) (One of '|\\(io\\.camunda).*", "");
  }

  private static String fingerprint(byte[] xml) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(xml), 0, 6);
  }
}
