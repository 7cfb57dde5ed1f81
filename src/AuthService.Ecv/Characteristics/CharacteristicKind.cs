namespace AuthService.Ecv.Characteristics;

/// <summary>A kind of signal. The numbers are part of the stored formats: never reuse one. At most 31.</summary>
public enum CharacteristicKind : byte
{
    None = 0,
    DeviceHardware = 1,
    DeviceBoard = 2,
    DeviceName = 3,
    DeviceMac = 4,
    DeviceModel = 5,
    DeviceOs = 6,
    WifiNetwork = 7,
    WifiScene = 8,
    PlaceRegion = 9,
    PlaceCell = 10,
    PlaceGeo = 11,
    NetworkOrigin = 12,
    AccountCompany = 13,
    Language = 14,
    TimeHabit = 15,
    ConnectionDelay = 16,
}

/// <summary>Kinds that move together: a group is one surprise, not several.</summary>
public enum CharacteristicGroup
{
    None = 0,
    Device = 1,
    Place = 2,
    Company = 3,
    Habit = 4,
}
