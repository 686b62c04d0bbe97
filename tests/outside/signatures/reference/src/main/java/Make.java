import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.*;
import java.security.Security;
import java.util.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Writes the files, their authorities and the verdicts of EU DSS into the folder given. */
public final class Make {
  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder.resolve("files"));
    Files.createDirectories(folder.resolve("authorities"));
    Pki pki = People.build();
    Dss dss = new Dss(pki);

    Map<String, Object> world = new LinkedHashMap<>();
    world.put("origin", "EU DSS 6.2 (eu.europa.ec.joinup.sd-dss), asked by reference/src/main/java/Make.java");
    world.put("at", Dss.NOW.toString());
    for (String name : List.of("root", "listed")) {
      Files.write(folder.resolve("authorities/" + name + ".cer"), pki.holders.get(name).cert().getEncoded());
    }
    world.put("trusted", List.of("root.cer", "listed.cer"));
    Map<String, String> web = new LinkedHashMap<>();
    for (var each : pki.web.entrySet()) {
      String name = each.getKey().substring(Pki.HOME.length()).replace('/', '-') + (each.getKey().endsWith(".crl") ? "" : ".ocsp");
      Files.write(folder.resolve("authorities/" + name), each.getValue());
      web.put(each.getKey(), name);
    }
    world.put("web", web);

    List<Map<String, Object>> files = new ArrayList<>();
    for (Cases.Case each : new Cases(pki, dss).all()) {
      System.err.println(each.name());
      Files.write(folder.resolve("files/" + each.name()), each.bytes());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("file", each.name());
      row.put("what", each.what());
      if (each.content() != null) row.put("content", each.contentName());
      row.put("byDefault", dss.judge(each.bytes(), each.name(), each.content(), false));
      row.put("asTheTown", dss.judge(each.bytes(), each.name(), each.content(), true));
      files.add(row);
    }
    world.put("files", files);
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(folder.resolve("verdicts.json").toFile(), world);
  }
}
