"""The KM record of a year as what an office hands in: report, evidence sheet, calendar."""
