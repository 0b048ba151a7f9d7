import java.io.File;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates pairs of a file and a flavour (ua1, 2a, 3a) with veraPDF: a line of file, flavour and broken rules for each,
 * separated by tabs. `good` stands where no rule is broken.
 */
public class VeraPdf {
    public static void main(String[] pairs) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 0; at + 1 < pairs.length; at += 2) {
            System.out.println(pairs[at] + "\t" + pairs[at + 1] + "\t" + judge(new File(pairs[at]), pairs[at + 1]));
        }
    }

    static String judge(File file, String name) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            return "no flavour of veraPDF";
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> rules = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    rules.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber());
                }
            }
            return result.isCompliant() ? "good" : rules.isEmpty() ? "not compliant" : String.join(" ", rules);
        } catch (Exception broken) {
            return "cannot be read: " + broken.getMessage();
        }
    }
}
