using ApiReference;

if (args is not [var crds, var target])
{
    Console.Error.WriteLine("usage: ApiReference CRD-FOLDER TARGET");
    return 2;
}

File.WriteAllText(target, ReferencePage.Render(Directory.GetFiles(crds, "*.yaml").Select(File.ReadAllText)));
return 0;
