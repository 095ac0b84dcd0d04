package main

import (
	"context"
	"os"
	"path/filepath"

	authenticationv1 "k8s.io/api/authentication/v1"
	v1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// description is the line of JSON that tells a caller of `up` what there is. start.ts has the same type.
type description struct {
	Dir                string         `json:"dir"`
	Version            string         `json:"version"`
	Server             string         `json:"server"`
	CAFile             string         `json:"caFile"`
	NodeName           string         `json:"nodeName"`
	Admin              tokenUser      `json:"admin"`
	NoRights           tokenUser      `json:"noRights"`
	ClientCertificate  certUser       `json:"clientCertificate"`
	ServiceAccount     serviceAccount `json:"serviceAccount"`
	SecondServer       *extraServer   `json:"secondServer,omitempty"`
	NoWatchCacheServer *extraServer   `json:"noWatchCacheServer,omitempty"`
	Processes          map[string]int `json:"processes"`
}

type tokenUser struct {
	User       string `json:"user"`
	Token      string `json:"token"`
	Kubeconfig string `json:"kubeconfig"`
}

type certUser struct {
	User       string `json:"user"`
	CertFile   string `json:"certFile"`
	KeyFile    string `json:"keyFile"`
	Kubeconfig string `json:"kubeconfig"`
}

type serviceAccount struct {
	tokenUser
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
}

type extraServer struct {
	Server     string `json:"server"`
	Kubeconfig string `json:"kubeconfig"`
}

func (c *cluster) describe(main port) (*description, error) {
	d := &description{
		Dir: c.dir, Version: gitVersion(), Server: main.url(), CAFile: c.ca.certFile, NodeName: nodeName,
		Admin:             tokenUser{User: adminUser, Token: c.adminToken},
		NoRights:          tokenUser{User: noRightsUser, Token: c.noRightToken},
		ClientCertificate: certUser{User: certAdminUser},
	}
	cert, err := c.pki.client("cert-admin", certAdminUser, c.ca, "system:masters")
	if err != nil {
		return nil, err
	}
	d.ClientCertificate.CertFile, d.ClientCertificate.KeyFile = cert.certFile, cert.keyFile
	if d.Admin.Kubeconfig, err = c.writeKubeconfig("admin", d.Server, user{token: c.adminToken}); err != nil {
		return nil, err
	}
	if d.NoRights.Kubeconfig, err = c.writeKubeconfig("no-rights", d.Server, user{token: c.noRightToken}); err != nil {
		return nil, err
	}
	d.ClientCertificate.Kubeconfig, err = c.writeKubeconfig("client-certificate", d.Server, user{cert: cert})
	return d, err
}

// addServiceAccount makes a service account that may do everything, in a namespace of its own, and a token for it.
func (c *cluster) addServiceAccount(ctx context.Context, d *description) error {
	const namespace, name = "kubewright-system", "tests"
	client, err := clientFor(d.Admin.Kubeconfig)
	if err != nil {
		return err
	}
	if _, err := client.CoreV1().Namespaces().Create(ctx, &v1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{}); err != nil {
		return err
	}
	accounts := client.CoreV1().ServiceAccounts(namespace)
	if _, err := accounts.Create(ctx, &v1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: name}}, metav1.CreateOptions{}); err != nil {
		return err
	}
	binding := &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: namespace + ":" + name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "cluster-admin"},
		Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Namespace: namespace, Name: name}},
	}
	if _, err := client.RbacV1().ClusterRoleBindings().Create(ctx, binding, metav1.CreateOptions{}); err != nil {
		return err
	}
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{ExpirationSeconds: new(int64(24 * 3600))}}
	token, err := accounts.CreateToken(ctx, name, request, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	kubeconfig, err := c.writeKubeconfig("service-account", d.Server, user{token: token.Status.Token})
	d.ServiceAccount = serviceAccount{
		tokenUser: tokenUser{User: "system:serviceaccount:" + namespace + ":" + name, Token: token.Status.Token, Kubeconfig: kubeconfig},
		Namespace: namespace,
		Name:      name,
	}
	return err
}

// user is who a kubeconfig speaks for: by token or by certificate.
type user struct {
	token string
	cert  pair
}

func (c *cluster) writeKubeconfig(name, server string, who user) (string, error) {
	config := clientcmdapi.NewConfig()
	config.Clusters["controlplane"] = &clientcmdapi.Cluster{Server: server, CertificateAuthority: c.ca.certFile}
	config.AuthInfos[name] = &clientcmdapi.AuthInfo{Token: who.token, ClientCertificate: who.cert.certFile, ClientKey: who.cert.keyFile}
	config.Contexts[name] = &clientcmdapi.Context{Cluster: "controlplane", AuthInfo: name}
	config.CurrentContext = name
	folder := filepath.Join(c.dir, "kubeconfigs")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(folder, name+".yaml")
	return path, clientcmd.WriteToFile(*config, path)
}

func clientFor(kubeconfig string) (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1 // no limit of the client's own: it would only slow the start
	return kubernetes.NewForConfig(config)
}
