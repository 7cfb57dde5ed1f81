using AuthService.RiskLab.Reports;

namespace AuthService.RiskLab.Tests.Reports;

public class MarkdownSectionTests
{
    [Fact]
    public void Only_what_stands_between_the_markers_is_replaced() =>
        MarkdownSection.Insert("# Page\n\n<!-- risklab -->\nold\n<!-- /risklab -->\n\n## Rest\n", "new\n")
            .ShouldBe("# Page\n\n<!-- risklab -->\nnew\n<!-- /risklab -->\n\n## Rest\n");

    [Fact]
    public void A_page_without_markers_gets_them_at_its_end() =>
        MarkdownSection.Insert("# Page\n", "new").ShouldBe("# Page\n\n<!-- risklab -->\nnew\n<!-- /risklab -->\n");
}
