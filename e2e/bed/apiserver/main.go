// Command apiserver is a kube-apiserver with its etcd in one process.
//
// It takes kube-apiserver's own flags; --etcd-servers is set here.
package main

import (
	"fmt"
	"net/url"
	"os"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run starts etcd on the ports given by BED_ETCD_URL and BED_ETCD_PEER_URL in
// the folder BED_ETCD_DIR, waits until it serves, and runs the API server.
func run() error {
	client, err := url.Parse(os.Getenv("BED_ETCD_URL"))
	if err != nil || client.Host == "" {
		return fmt.Errorf("BED_ETCD_URL must be a URL such as http://127.0.0.1:2379")
	}
	peer, err := url.Parse(os.Getenv("BED_ETCD_PEER_URL"))
	if err != nil || peer.Host == "" {
		return fmt.Errorf("BED_ETCD_PEER_URL must be a URL such as http://127.0.0.1:2380")
	}
	config := embed.NewConfig()
	config.Dir = os.Getenv("BED_ETCD_DIR")
	config.LogLevel = "error"
	config.ListenClientUrls = []url.URL{*client}
	config.AdvertiseClientUrls = []url.URL{*client}
	config.ListenPeerUrls = []url.URL{*peer}
	config.AdvertisePeerUrls = []url.URL{*peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return fmt.Errorf("etcd did not start: %w", err)
	}
	defer etcd.Close()
	select {
	case <-etcd.Server.ReadyNotify():
	case <-time.After(time.Minute):
		return fmt.Errorf("etcd was not ready after a minute")
	}
	command := app.NewAPIServerCommand()
	command.SetArgs(append([]string{"--etcd-servers=" + client.String()}, os.Args[1:]...))
	os.Exit(cli.Run(command))
	return nil
}
