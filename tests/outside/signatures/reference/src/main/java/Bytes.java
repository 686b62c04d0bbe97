import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Changes that somebody makes with an editor for bytes. */
final class Bytes {
  static int find(byte[] bytes, String text) { return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text); }

  /** The last byte range of the file. */
  static int[] range(byte[] pdf) {
    String all = new String(pdf, StandardCharsets.ISO_8859_1);
    int at = all.lastIndexOf("/ByteRange");
    String inner = all.substring(all.indexOf('[', at) + 1, all.indexOf(']', at)).trim();
    return Arrays.stream(inner.split("\\s+")).mapToInt(Integer::parseInt).toArray();
  }

  static int cmsLength(byte[] pdf) {
    int[] range = range(pdf);
    String hex = new String(pdf, range[1] + 1, 8, StandardCharsets.ISO_8859_1);
    return Integer.parseInt(hex.substring(4), 16) + 4;
  }

  static byte[] setRange(byte[] pdf, int[] range) {
    String all = new String(pdf, StandardCharsets.ISO_8859_1);
    int at = all.lastIndexOf("/ByteRange"), from = all.indexOf('[', at), to = all.indexOf(']', at);
    String text = "[" + range[0] + " " + range[1] + " " + range[2] + " " + range[3];
    if (text.length() > to - from) throw new IllegalStateException("no room for " + text);
    String padded = String.format("%-" + (to - from) + "s", text);
    return (all.substring(0, from) + padded + all.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] replace(byte[] bytes, String from, String to, int unused) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = all.lastIndexOf(from);
    if (at < 0) return bytes;
    return (all.substring(0, at) + to + all.substring(at + from.length())).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Something hidden between the signature and the second part of the range, which is moved behind it. */
  static byte[] gap(byte[] pdf) {
    int[] range = range(pdf);
    byte[] hidden = " /Reason (hidden where no signature looks)".getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[pdf.length + hidden.length];
    System.arraycopy(pdf, 0, all, 0, range[2]);
    System.arraycopy(hidden, 0, all, range[2], hidden.length);
    System.arraycopy(pdf, range[2], all, range[2] + hidden.length, pdf.length - range[2]);
    return setRange(all, new int[] { 0, range[1], range[2] + hidden.length, range[3] });
  }

  static byte[] blank(byte[] pdf, int[] range) {
    byte[] all = pdf.clone();
    Arrays.fill(all, range[1] + 1, range[2] - 1, (byte) '0');
    return all;
  }

  static byte[] noise(byte[] pdf, int[] range) {
    byte[] all = pdf.clone();
    Random random = new Random(7);
    for (int i = range[1] + 1; i < range[2] - 1; i++) all[i] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
    return all;
  }

  static byte[] random(int length) {
    byte[] all = new byte[length];
    new Random(7).nextBytes(all);
    return all;
  }
}
