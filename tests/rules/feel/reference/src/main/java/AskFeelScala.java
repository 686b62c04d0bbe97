import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.feel.FeelEngine;

/**
 * Reads {"expression": …, "context": {…}, "input": …} a line (input: the value tested by unary tests) and adds "value", or "fails": true.
 * A number is {n}, a context {c}, a temporal value {t} as string() writes it.
 */
public class AskFeelScala {
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final FeelEngine ENGINE = new FeelEngine.Builder().build();

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) out.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answer(JsonNode asked) {
    Map<String, Object> context = asked.has("context") ? JSON.convertValue(asked.get("context"), HashMap.class) : new HashMap<>();
    Map<String, Object> row = new LinkedHashMap<>(JSON.convertValue(asked, LinkedHashMap.class));
    String expression = asked.get("expression").asText();
    try {
      boolean tests = asked.has("input");
      if (tests) context.put("cellInput", JSON.convertValue(asked.get("input"), Object.class));
      var result = tests ? ENGINE.evalUnaryTests(expression, context) : ENGINE.evalExpression(expression, context);
      if (result.isRight()) row.put("value", shown(result.right().get()));
      else row.put("fails", true);
    } catch (RuntimeException failure) {
      row.put("fails", true);
    }
    return row;
  }

  private static Object shown(Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) return value;
    if (value instanceof scala.math.BigDecimal number) return Map.of("n", number.bigDecimal().toPlainString());
    if (value instanceof Number number) return Map.of("n", new BigDecimal(number.toString()).toPlainString());
    if (value instanceof List<?> list) return list.stream().collect(ArrayList::new, (all, each) -> all.add(shown(each)), ArrayList::addAll);
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> sorted = new TreeMap<>();
      entries.forEach((key, each) -> sorted.put(String.valueOf(key), shown(each)));
      return Map.of("c", sorted);
    }
    if (value instanceof scala.collection.Map<?, ?> entries) {
      Map<String, Object> sorted = new TreeMap<>();
      for (var each = entries.iterator(); each.hasNext(); ) {
        var entry = each.next();
        sorted.put(String.valueOf(entry._1()), shown(entry._2()));
      }
      return Map.of("c", sorted);
    }
    if (value instanceof scala.collection.Iterable<?> list) {
      List<Object> all = new ArrayList<>();
      for (var each = list.iterator(); each.hasNext(); ) all.add(shown(each.next()));
      return all;
    }
    if (value instanceof Temporal || value instanceof TemporalAmount) {
      var text = ENGINE.evalExpression("string(v)", new HashMap<>(Map.of("v", value)));
      if (text.isRight()) return Map.of("t", text.right().get().toString());
    }
    return Map.of("t", value.toString());
  }
}
