import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.*;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.*;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/** Small PDF files, their signing in the way of PDFBox, and what somebody may add to them afterwards. */
final class Papers {
  static final String SIGNED_AT = "2026-11-24T09:00:00Z";

  /** One page with a sentence; `packed` writes object and cross-reference streams. */
  static byte[] request(boolean packed) throws Exception {
    try (PDDocument doc = new PDDocument()) {
      write(doc, "I ask for an extract from the register of births.");
      return save(doc, packed);
    }
  }

  /** The same with a form field that waits to be filled. */
  static byte[] form() throws Exception {
    try (PDDocument doc = new PDDocument()) {
      PDPage page = write(doc, "Purpose of the extract:");
      PDAcroForm form = new PDAcroForm(doc);
      doc.getDocumentCatalog().setAcroForm(form);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("Helv"), new PDType1Font(Standard14Fonts.FontName.HELVETICA));
      form.setDefaultResources(resources);
      form.setDefaultAppearance("/Helv 12 Tf 0 g");
      PDTextField field = new PDTextField(form);
      field.setPartialName("purpose");
      var widget = field.getWidgets().get(0);
      widget.setRectangle(new PDRectangle(60, 150, 200, 20));
      widget.setPage(page);
      page.getAnnotations().add(widget);
      form.getFields().add(field);
      return save(doc, false);
    }
  }

  static byte[] encrypted() throws Exception {
    try (PDDocument doc = new PDDocument()) {
      write(doc, "A locked request.");
      doc.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return save(doc, false);
    }
  }

  /** A field for a signature that nobody has signed. */
  static byte[] unsignedField() throws Exception {
    try (PDDocument doc = new PDDocument()) {
      PDPage page = write(doc, "Sign here.");
      PDAcroForm form = new PDAcroForm(doc);
      doc.getDocumentCatalog().setAcroForm(form);
      var field = new org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField(form);
      field.getWidgets().get(0).setPage(page);
      field.getWidgets().get(0).setRectangle(new PDRectangle(60, 100, 100, 30));
      page.getAnnotations().add(field.getWidgets().get(0));
      form.getFields().add(field);
      return save(doc, false);
    }
  }

  /** Signs with what `cms` makes; `permission` 1 to 3 certifies (DocMDP), 0 only approves. */
  static byte[] sign(byte[] pdf, Cms cms, int permission) throws Exception {
    return sign(pdf, cms, permission, SIGNED_AT, "ETSI.CAdES.detached");
  }

  static byte[] sign(byte[] pdf, Cms cms, int permission, String at, String subFilter) throws Exception {
    try (PDDocument doc = Loader.loadPDF(pdf)) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(COSName.getPDFName(subFilter));
      if (at != null) {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        calendar.setTime(Date.from(Instant.parse(at)));
        signature.setSignDate(calendar);
      }
      if (permission > 0) certify(doc, signature, permission);
      SignatureOptions options = new SignatureOptions();
      options.setPreferredSignatureSize(7000);
      doc.addSignature(signature, content -> {
        try { return cms.sign(content.readAllBytes()); } catch (Exception error) { throw new IllegalStateException(error); }
      }, options);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      doc.saveIncremental(out);
      return out.toByteArray();
    }
  }

  private static void certify(PDDocument doc, PDSignature signature, int permission) {
    COSDictionary parameters = new COSDictionary();
    parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    parameters.setInt(COSName.P, permission);
    parameters.setName(COSName.V, "1.2");
    parameters.setDirect(true);
    COSDictionary reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), COSName.getPDFName("DocMDP"));
    reference.setItem(COSName.getPDFName("TransformParams"), parameters);
    reference.setDirect(true);
    COSArray references = new COSArray();
    references.add(reference);
    references.setDirect(true);
    signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
    COSDictionary catalog = doc.getDocumentCatalog().getCOSObject();
    COSDictionary permissions = new COSDictionary();
    permissions.setItem(COSName.getPDFName("DocMDP"), signature);
    permissions.setDirect(true);
    catalog.setItem(COSName.PERMS, permissions);
    catalog.setNeedToBeUpdated(true);
  }

  interface Change { Set<COSDictionary> to(PDDocument doc) throws Exception; }

  /** Appends a revision with what `change` answers. */
  static byte[] revise(byte[] pdf, Change change) throws Exception {
    try (PDDocument doc = Loader.loadPDF(pdf)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      doc.saveIncremental(out, change.to(doc));
      return out.toByteArray();
    }
  }

  static byte[] fill(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      PDTextField field = (PDTextField) doc.getDocumentCatalog().getAcroForm().getField("purpose");
      field.setValue("school");
      return Set.of(field.getCOSObject());
    });
  }

  static byte[] annotate(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      PDPage page = doc.getPage(0);
      PDAnnotationText note = new PDAnnotationText();
      note.setContents("not what was signed");
      note.setRectangle(new PDRectangle(60, 30, 20, 20));
      note.setPage(page);
      var all = page.getAnnotations();
      all.add(note);
      page.setAnnotations(all);
      return Set.of(page.getCOSObject(), note.getCOSObject());
    });
  }

  static byte[] otherText(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      PDPage page = doc.getPage(0);
      PDStream stream = new PDStream(doc);
      try (var out = stream.createOutputStream()) { out.write(text("I give my flat to somebody else.").getBytes()); }
      page.setContents(stream);
      return Set.of(page.getCOSObject(), stream.getCOSObject());
    });
  }

  static byte[] morePages(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      PDPage page = new PDPage(new PDRectangle(420, 298));
      doc.addPage(page);
      return Set.of(page.getCOSObject(), doc.getPages().getCOSObject());
    });
  }

  static byte[] otherTitle(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      doc.getDocumentInformation().setTitle("Another title");
      return Set.of(doc.getDocumentInformation().getCOSObject());
    });
  }

  /** Another page tree takes the place of the signed one, which stays in the file unseen. */
  static byte[] otherPages(byte[] pdf) throws Exception {
    return revise(pdf, doc -> {
      PDPage page = new PDPage(new PDRectangle(420, 298));
      page.setResources(doc.getPage(0).getResources());
      PDStream stream = new PDStream(doc);
      try (var out = stream.createOutputStream()) { out.write(text("A request that nobody signed.").getBytes()); }
      page.setContents(stream);
      PDPageTree tree = new PDPageTree();
      tree.add(page);
      COSDictionary catalog = doc.getDocumentCatalog().getCOSObject();
      catalog.setItem(COSName.PAGES, tree.getCOSObject());
      return Set.of(catalog, tree.getCOSObject(), page.getCOSObject(), stream.getCOSObject());
    });
  }

  private static PDPage write(PDDocument doc, String sentence) throws Exception {
    PDPage page = new PDPage(new PDRectangle(420, 298));
    PDResources resources = new PDResources();
    resources.put(COSName.getPDFName("F1"), new PDType1Font(Standard14Fonts.FontName.HELVETICA));
    page.setResources(resources);
    PDStream stream = new PDStream(doc);
    try (var out = stream.createOutputStream()) { out.write(text(sentence).getBytes()); }
    page.setContents(stream);
    doc.addPage(page);
    PDDocumentInformation about = new PDDocumentInformation();
    about.setTitle("Request");
    doc.setDocumentInformation(about);
    return page;
  }

  private static String text(String sentence) { return "BT /F1 14 Tf 60 220 Td (" + sentence + ") Tj ET\n"; }

  private static byte[] save(PDDocument doc, boolean packed) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    doc.save(out, packed ? CompressParameters.DEFAULT_COMPRESSION : CompressParameters.NO_COMPRESSION);
    return out.toByteArray();
  }
}
