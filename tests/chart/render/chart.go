package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// metadata is what templates see as .Chart.
type metadata struct {
	Name        string
	Version     string
	AppVersion  string
	Description string
	KubeVersion string
	Type        string
}

type chart struct {
	metadata  metadata
	defaults  map[string]interface{}
	schema    []byte
	templates map[string]string
	files     files
}

// files is what templates see as .Files: everything that is neither template nor values.
type files map[string]string

// Get returns a file's text, empty where there is none, as Helm does.
func (f files) Get(name string) string { return f[name] }

// Glob returns the files whose path matches.
func (f files) Glob(pattern string) files {
	matching := files{}
	for name, text := range f {
		if ok, err := path.Match(pattern, name); ok && err == nil {
			matching[name] = text
		}
	}
	return matching
}

func loadChart(folder string) (*chart, error) {
	loaded := &chart{templates: map[string]string{}, files: files{}}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		switch {
		case name == "Chart.yaml":
			return yaml.Unmarshal(text, &loaded.metadata)
		case name == "values.yaml":
			return yaml.UnmarshalStrict(text, &loaded.defaults)
		case name == "values.schema.json":
			loaded.schema = text
		case strings.HasPrefix(name, "templates/"):
			loaded.templates[name] = string(text)
		default:
			loaded.files[name] = string(text)
		}
		return nil
	})
	return loaded, err
}

func sortedKeys(texts map[string]string) []string {
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
