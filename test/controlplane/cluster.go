package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/component-base/version"
)

// cluster knows the files and identities that the components share, and the flags of each.
type cluster struct {
	dir                      string
	etcdFolder, etcdSocket   string
	pki                      *pki
	ca, frontProxyCA         *authority
	serving, frontProxy      pair
	apiServerClient          pair
	saPrivate, saPublic      string
	tokenFile                string
	adminToken, noRightToken string
}

const (
	serviceRange  = "10.0.0.0/24"
	kubernetesIP  = "10.0.0.1"
	clusterDNS    = "10.0.0.10"
	noRightsUser  = "no-rights"
	adminUser     = "admin"
	certAdminUser = "cert-admin"
)

// allAPIGates are the features that must be on for some alpha and beta groups to be served.
const allAPIGates = "ClusterTrustBundle=true,GenericWorkload=true,PodCertificateRequest=true,StorageVersionMigrator=true"

func newCluster(dir string) (c *cluster, err error) {
	c = &cluster{
		dir: dir, etcdFolder: filepath.Join(dir, "etcd"), etcdSocket: filepath.Join(dir, "etcd.sock"), tokenFile: filepath.Join(dir, "tokens.csv"),
	}
	if len(c.etcdSocket) > 100 {
		return nil, fmt.Errorf("%s: too long a path for a Unix socket; use a shorter temporary folder", c.etcdSocket)
	}
	if c.pki, err = newPKI(filepath.Join(dir, "pki")); err != nil {
		return nil, err
	}
	if c.ca, err = c.pki.authority("ca"); err != nil {
		return nil, err
	}
	if c.frontProxyCA, err = c.pki.authority("front-proxy-ca"); err != nil {
		return nil, err
	}
	c.serving, err = c.pki.server("server", c.ca, "localhost", "127.0.0.1", kubernetesIP,
		"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local")
	if err != nil {
		return nil, err
	}
	if c.frontProxy, err = c.pki.client("front-proxy", "front-proxy", c.frontProxyCA); err != nil {
		return nil, err
	}
	if c.apiServerClient, err = c.pki.client("apiserver-kubelet", "kube-apiserver", c.ca, "system:masters"); err != nil {
		return nil, err
	}
	if c.saPrivate, c.saPublic, err = c.pki.serviceAccountKeys(); err != nil {
		return nil, err
	}
	c.adminToken, c.noRightToken = newToken(), newToken()
	tokens := fmt.Sprintf("%s,%s,%s,system:masters\n%s,%s,%s\n", c.adminToken, adminUser, adminUser, c.noRightToken, noRightsUser, noRightsUser)
	return c, os.WriteFile(c.tokenFile, []byte(tokens), 0o600)
}

func newToken() string {
	bytes := make([]byte, 16)
	_, _ = rand.Read(bytes) // never fails
	return hex.EncodeToString(bytes)
}

func (c *cluster) serverArgs(reserved port, allAPIs bool) []string {
	args := []string{
		"kube-apiserver",
		"--etcd-servers=unix://" + c.etcdSocket,
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", reserved),
		// Only written into the endpoints of the service "kubernetes", where a loopback address would be refused;
		// given, because the default is looked up in the machine's routes and it may have none.
		"--advertise-address=203.0.113.254",
		"--tls-cert-file=" + c.serving.certFile,
		"--tls-private-key-file=" + c.serving.keyFile,
		"--client-ca-file=" + c.ca.certFile,
		"--token-auth-file=" + c.tokenFile,
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--allow-privileged=true",
		"--service-cluster-ip-range=" + serviceRange,
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + c.saPublic,
		"--service-account-signing-key-file=" + c.saPrivate,
		"--kubelet-preferred-address-types=Hostname",
		"--kubelet-certificate-authority=" + c.ca.certFile,
		"--kubelet-client-certificate=" + c.apiServerClient.certFile,
		"--kubelet-client-key=" + c.apiServerClient.keyFile,
		"--proxy-client-cert-file=" + c.frontProxy.certFile,
		"--proxy-client-key-file=" + c.frontProxy.keyFile,
		"--requestheader-client-ca-file=" + c.frontProxyCA.certFile,
		"--requestheader-allowed-names=front-proxy",
		"--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
	}
	if allAPIs {
		args = append(args, "--runtime-config=api/all=true", "--feature-gates="+allAPIGates)
	}
	return args
}

func (c *cluster) controllerManagerArgs(kubeconfig string) []string {
	return []string{
		"kube-controller-manager",
		"--kubeconfig=" + kubeconfig,
		"--leader-elect=false",
		"--secure-port=0",
		"--kube-api-qps=200",
		"--kube-api-burst=400",
		"--service-account-private-key-file=" + c.saPrivate,
		"--root-ca-file=" + c.ca.certFile,
		"--cluster-signing-cert-file=" + c.ca.certFile,
		"--cluster-signing-key-file=" + c.ca.keyFile,
	}
}

func (c *cluster) schedulerArgs(kubeconfig string) []string {
	return []string{"kube-scheduler", "--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0"}
}

// kubeletArgs gives the kubelet the identity of a node, with no more rights than a node has.
func (c *cluster) kubeletArgs(server string, reserved port) ([]string, error) {
	identity, err := c.pki.client("node", "system:node:"+nodeName, c.ca, "system:nodes")
	if err != nil {
		return nil, err
	}
	kubeconfig, err := c.writeKubeconfig("node", server, user{cert: identity})
	if err != nil {
		return nil, err
	}
	return []string{
		"kubelet",
		"--root=" + filepath.Join(c.dir, "kubelet"),
		"--kubeconfig=" + kubeconfig,
		fmt.Sprintf("--port=%d", reserved),
		"--client-ca=" + c.ca.certFile,
		"--cert=" + c.serving.certFile,
		"--key=" + c.serving.keyFile,
	}, nil
}

func gitVersion() string { return strings.TrimSpace(version.Get().GitVersion) }
