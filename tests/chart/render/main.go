// Command render renders a Helm chart without Helm, for tests: the part of Helm's template engine that our chart uses,
// on the same libraries (text/template, sprig, gojsonschema, sigs.k8s.io/yaml). What it does not know is an error, so
// that the chart keeps to what Helm 3 and 4 share. It is built by build.sh from Debian's packages.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

type texts []string

func (t *texts) String() string { return strings.Join(*t, ",") }

func (t *texts) Set(text string) error {
	*t = append(*t, text)
	return nil
}

func main() {
	var files, versions texts
	flag.Var(&files, "values", "a values file; later ones win")
	flag.Var(&versions, "api-versions", "an API version that the cluster serves, such as policy/v1")
	release := flag.String("release", "upload-session-operator", "the name of the release")
	namespace := flag.String("namespace", "upload-sessions", "the namespace of the release")
	numbers := flag.String("numbers", "float64", "what numbers of values are in templates: float64 (values files), int64 (--set) or json.Number (Helm 3.18.0)")
	notes := flag.Bool("notes", false, "print NOTES.txt instead of the objects")
	flag.Parse()
	text, err := run(flag.Arg(0), files, *numbers, *notes, renderContext{*release, *namespace, versions})
	if err != nil {
		fmt.Fprintf(os.Stderr, "render: %v\n", err)
		os.Exit(1)
	}
	fmt.Print(text)
}

func run(folder string, files []string, numbers string, notes bool, context renderContext) (string, error) {
	chart, err := loadChart(folder)
	if err != nil {
		return "", err
	}
	values, err := mergeFiles(chart.defaults, files)
	if err != nil {
		return "", err
	}
	if err := validate(chart.schema, values); err != nil {
		return "", err
	}
	if values, err = convertNumbers(values, numbers); err != nil {
		return "", err
	}
	rendered, err := render(chart, values, context)
	if err != nil {
		return "", err
	}
	if notes {
		return rendered["templates/NOTES.txt"], nil
	}
	var all strings.Builder
	for _, name := range sortedKeys(rendered) {
		if strings.HasSuffix(name, ".yaml") && strings.TrimSpace(rendered[name]) != "" {
			fmt.Fprintf(&all, "---\n# Source: %s/%s\n%s\n", chart.metadata.Name, name, strings.TrimSpace(rendered[name]))
		}
	}
	return all.String(), nil
}
