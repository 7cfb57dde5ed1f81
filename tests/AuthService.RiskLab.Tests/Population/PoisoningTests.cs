using AuthService.Ecv.Risk;
using AuthService.RiskLab.Contestants.Engine;
using AuthService.RiskLab.Population;
using AuthService.RiskLab.Trials;

namespace AuthService.RiskLab.Tests.Population;

public class PoisoningTests
{
    [Fact]
    public void Ninety_days_of_drips_do_not_make_the_poisoners_surroundings_the_owners()
    {
        var trial = Trial.Create(new PopulationOptions { Crowd = 40, Panel = 40 });

        var result = Poisoning.Play(
            trial, length: 12, victims: 15, () => new EngineContestant(new EngineOptions { Name = "tokens", Tokens = true }, RiskPolicy.Default), () => { });

        (result.Victims, result.Dripped, result.Accepted, result.WithoutToken).ShouldBe((15, 15L * Poisoning.Days, 0, 0));
    }
}
